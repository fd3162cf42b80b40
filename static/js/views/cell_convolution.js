import { html, nothing } from 'lit-html';

import {
  decimalsFor,
  factor,
  figure,
  productDecimals,
  remainder,
  texNumber,
} from '../core/rounding.js';
import { productTiles, tileAt } from '../render/tiles.js';
import {
  behindLine,
  cellFormula,
  limitOf,
  term,
  texFigure,
  texRest,
  texResult,
} from './cell_parts.js';
import { resultLines, sumList } from './sums.js';

/**
 * @typedef {import('./cell.js').CellModel} CellModel
 * @typedef {import('../core/operations/conv2d.js').Conv2dTrace} Conv2dTrace
 */

/** The channel whose products are shown. @param {Conv2dTrace} trace @param {number} selected */
export function shownChannel(trace, selected) {
  if (selected >= 0 && selected < trace.channelSums.length) return selected;
  const amounts = trace.channelSums.map(Math.abs);
  return amounts.indexOf(Math.max(...amounts));
}

/**
 * A convolution's value: one channel's window × kernel as tiles, the formula, all channel sums.
 * @param {CellModel} model
 */
export function convolutionCell(model) {
  const { explained, selectedInput, select, lit, light } = model;
  const trace = /** @type {Conv2dTrace} */ (explained.trace);
  const [channels] = trace.shape;
  const shown = shownChannel(trace, selectedInput);
  const isSingle = channels === 1;
  const order = Array.from(trace.channelSums.keys()).sort(
    (a, b) => Math.abs(trace.channelSums[b]) - Math.abs(trace.channelSums[a]) || a - b,
  );
  const decimals = decimalsFor([...trace.channelSums, trace.value]);
  const places = productDecimals(...operands(trace, shown), decimals);
  return html`
    ${tilesPart(model, trace, { shown, decimals, places })}
    ${cellFormula(explained, numbersLine(trace, order, decimals, places), model)}
    <div class="cell-sums">
      <h3>${isSingle ? 'the sum' : `${channels} channel sums, largest first`}</h3>
      ${sumList({
        terms: order.slice(0, model.listed).map((c) => ({
          name: isSingle ? explained.layer.inputs[0] : `map ${trace.inputChannels[c]}`,
          value: trace.channelSums[c],
          select: isSingle ? null : () => select(c),
          isSelected: c === shown,
          isLit: !isSingle && c === lit,
          light: isSingle ? undefined : (isOn) => light(isOn ? c : null),
        })),
        count: order.length,
        sum: trace.value - trace.bias,
        limit: limitOf(trace.channelSums),
        decimals,
        list: model.list,
      })}
      ${resultLines([
        { name: 'bias', value: figure(trace.bias, decimals) },
        { name: 'value', value: figure(trace.value, decimals), isStrong: true },
        ...behindLine(model, trace.value, decimals),
      ])}
    </div>
  `;
}

/**
 * One channel's window and kernel.
 * @param {Conv2dTrace} trace
 * @param {number} channel
 * @returns {[Float64Array, Float64Array]}
 */
export function operands({ shape: [, rows, columns], window, weight }, channel) {
  const [start, end] = [channel * rows * columns, (channel + 1) * rows * columns];
  return [window.subarray(start, end), weight.subarray(start, end)];
}

/**
 * One channel's window × kernel. Where it is the only channel, its products are the formula's terms.
 * @param {CellModel} model
 * @param {Conv2dTrace} trace
 * @param {{shown: number, decimals: number, places: number}} digits  shown: the channel; places: of
 *   the input's values, decimals: of the sum
 */
function tilesPart(
  { explained, grey, inputLimit, lit, light },
  trace,
  { shown, decimals, places },
) {
  const [channels, rows, columns] = trace.shape;
  const [window, weight] = operands(trace, shown);
  const isSingle = channels === 1;
  const tiles = productTiles({
    window,
    weight,
    decimals: places,
    rows,
    columns,
    grey,
    inputLimit,
    weightLimit: limitOf(explained.parameters?.weight.data ?? []),
    lit: isSingle ? lit : null,
    isPadding: (row, column) => trace.rows[row] === null || trace.columns[column] === null,
  });
  const point = (/** @type {PointerEvent} */ event) => light(tileAt(event, tiles, rows, columns));
  return html`<div class="cell-tiles">
    <h3>
      from ${explained.layer.inputs[0]}${isSingle ? nothing : ` · map ${trace.inputChannels[shown]}`}:
      window × kernel
    </h3>
    <drawn-picture
      role="img"
      aria-label=${spokenTiles(window, weight, places)}
      .picture=${tiles}
      @pointermove=${isSingle ? point : nothing}
      @pointerleave=${() => light(null)}
    ></drawn-picture>
    <p class="note">
      the ${rows * columns} products add up to <strong>${figure(trace.channelSums[shown], decimals)}</strong>${
        hasPadding(trace) ? '; dashed: zero padding' : nothing
      }
    </p>
  </div>`;
}

/** @param {Conv2dTrace} trace */
const hasPadding = ({ rows, columns }) => rows.includes(null) || columns.includes(null);

/**
 * The substituted line: every product where one channel is read, else the largest channel sums.
 * @param {Conv2dTrace} trace
 * @param {readonly number[]} order  channels, largest sum first
 * @param {number} decimals  of the sums
 * @param {number} places  of the input's values
 */
function numbersLine(trace, order, decimals, places) {
  const end = `+ ${texFigure(trace.bias, decimals)} ${texResult(trace.value, decimals)}`;
  if (trace.shape[0] === 1) {
    const tex = (/** @type {number} */ value, /** @type {number} */ digits) =>
      texNumber(factor(value, digits));
    const terms = Array.from(trace.window, (value, i) =>
      term(i, `${tex(value, places)}\\cdot ${tex(trace.weight[i], places + 1)}`),
    );
    return `= ${terms.join(' + ')} ${end}`;
  }
  const shown = order.slice(0, 3);
  const others = remainder(
    trace.value - trace.bias,
    shown.map((c) => trace.channelSums[c]),
  );
  const terms = shown.map((c) => term(c, texFigure(trace.channelSums[c], decimals)));
  const rest = texRest(others, order.length - shown.length, decimals);
  return `= ${terms.join(' + ')} ${rest} ${end}`;
}

/**
 * @param {Float64Array} window
 * @param {Float64Array} weight
 * @param {number} places  of the window's values
 */
function spokenTiles(window, weight, places) {
  const spoken = (/** @type {number} */ value, /** @type {number} */ i) =>
    `${factor(value, places)} times ${factor(weight[i], places + 1)}`;
  return Array.from(window, spoken).join(', plus ');
}
