import { html, nothing } from 'lit-html';

import { isConnected } from '../../core/layers/conv2d.js';
import { largestFirst } from '../../core/layers/window.js';
import {
  decimalsFor,
  factor,
  figure,
  productDecimals,
  remainder,
  texNumber,
} from '../../core/rounding.js';
import { productTiles, tileAt } from '../../render/tiles.js';
import {
  behindLine,
  cellFormula,
  limitOf,
  term,
  texFigure,
  texRest,
  texResult,
} from '../cell_parts.js';
import { equationIn, label, weightsOf } from './conv2d_label.js';
import { sumFigures } from '../map_figures.js';
import { resultLines, sumList } from '../sums.js';

/**
 * @import {WindowTrace} from '../../core/layers/window.js'
 * @import {Block} from '../../core/stage/equation.js'
 * @import {CellModel} from '../cell.js'
 */

/** Of a map of which a filter has no kernel. */
const NOT_CONNECTED = 'not connected';
/** A window with more columns has smaller tiles, with so many decimals at most: it shall fit its place. */
const WIDE = { columns: 5, decimals: 2 };

/** Filters that slide over maps. @type {import('./registry.js').KindView} */
export const conv2d = {
  kind: 'Conv2d',
  cell,
  label,
  waiting: 'Σ weight × value + bias',
  figures: sumFigures,
};

/**
 * The channel whose products are shown, counted among those that are read: the chosen one, else that
 * with the largest sum.
 * @param {WindowTrace} trace
 * @param {number} selected
 */
export function shownChannel({ equation: { blocks } }, selected) {
  if (selected >= 0 && selected < blocks.length) return selected;
  return blocks.indexOf(largestFirst(blocks)[0]);
}

/**
 * A convolution's value: one channel's window × kernel as tiles, the formula, all channel sums.
 * @param {CellModel} model
 */
function cell(model) {
  const { explained, selectedInput, select, lit, light } = model;
  const { blocks, bias, value } = equationIn(explained);
  const shown = shownChannel(/** @type {WindowTrace} */ (explained.trace), selectedInput);
  const isSingle = blocks.length === 1;
  const order = largestFirst(blocks);
  const sums = blocks.map(({ sum }) => sum);
  const decimals = decimalsFor([...sums, value]);
  const places = productDecimals(blocks[shown].left, weightsOf(blocks[shown]), decimals);
  const biasLine = bias === null ? [] : [{ name: 'bias', value: figure(bias, decimals) }];
  return html`
    ${tilesPart(model, blocks, shown, { isSingle, decimals, places })}
    ${cellFormula(explained, numbersLine(blocks, { bias, value, decimals, places }), model)}
    <div class="cell-sums">
      <h3>${isSingle ? 'the sum' : `${blocks.length} channel sums, largest first`}</h3>
      ${sumList({
        terms: order.slice(0, model.listed).map((block) => {
          const index = blocks.indexOf(block);
          return {
            name: isSingle ? explained.layer.inputs.join() : `map ${block.channel}`,
            lack: isConnected(explained.layer, block.filter, block.channel) ? '' : NOT_CONNECTED,
            value: block.sum,
            select: isSingle ? null : () => select(index),
            isSelected: index === shown,
            isLit: !isSingle && index === lit,
            light: isSingle ? undefined : (isOn) => light(isOn ? index : null),
          };
        }),
        count: order.length,
        sum: value - (bias ?? 0),
        limit: limitOf(sums),
        decimals,
        list: model.list,
      })}
      ${resultLines([
        ...biasLine,
        { name: 'value', value: figure(value, decimals), isStrong: true },
        ...behindLine(model, value, decimals),
      ])}
    </div>
  `;
}

/**
 * One channel's window × kernel. Where it is the only channel, its products are the formula's terms.
 * @param {CellModel} model
 * @param {readonly Block[]} blocks
 * @param {number} shown  which of them
 * @param {{isSingle: boolean, decimals: number, places: number}} digits  places: of the input's values,
 *   decimals: of the sum
 */
function tilesPart({ explained, greyOf, inputLimit, lit, light }, blocks, shown, digits) {
  const block = blocks[shown];
  const { isSingle, decimals, places } = digits;
  const { rows, columns, left: window, channel, sum } = block;
  const weight = weightsOf(block);
  const source = explained.layer.inputs.join();
  // What padding borrows is a value as any other.
  const isZero = block.cells.map(
    ({ down, across }) => down.source === null || across.source === null,
  );
  const isWide = columns > WIDE.columns;
  const tiles = productTiles({
    window,
    weight,
    decimals: isWide ? Math.min(WIDE.decimals, places) : places,
    isSmall: isWide,
    rows,
    columns,
    grey: greyOf(source),
    inputLimit,
    weightLimit: limitOf(blocks.flatMap((each) => Array.from(weightsOf(each)))),
    lit: isSingle ? lit : null,
    isPadding: (row, column) => isZero[row * columns + column],
  });
  const point = (/** @type {PointerEvent} */ event) => light(tileAt(event, tiles, rows, columns));
  return html`<div class="cell-tiles">
    <h3>from ${source}${isSingle ? nothing : ` · map ${channel}`}: window × kernel</h3>
    <drawn-picture
      role="img"
      aria-label=${spokenTiles(window, weight, places)}
      .model=${tiles}
      @pointermove=${isSingle ? point : nothing}
      @pointerleave=${() => light(null)}
    ></drawn-picture>
    <p class="note">
      ${window.length === 1 ? 'the product is' : `the ${window.length} products add up to`}
      <strong>${figure(sum, decimals)}</strong>${
        isZero.includes(true) ? '; dashed: zero padding' : nothing
      }${
        isConnected(explained.layer, block.filter, channel)
          ? nothing
          : `; map ${channel} is ${NOT_CONNECTED}: there is no kernel for it`
      }
    </p>
  </div>`;
}

/**
 * The substituted line: every product where one channel is read, else the largest channel sums.
 * @param {readonly Block[]} blocks
 * @param {{bias: number | null, value: number, decimals: number, places: number}} of  decimals: of the
 *   sums, places: of the input's values
 */
function numbersLine(blocks, { bias, value, decimals, places }) {
  const added = bias === null ? '' : `+ ${texFigure(bias, decimals)} `;
  const end = `${added}${texResult(value, decimals)}`;
  if (blocks.length === 1) {
    const [block] = blocks;
    const tex = (/** @type {number} */ number, /** @type {number} */ digits) =>
      texNumber(factor(number, digits));
    const terms = Array.from(block.left, (one, i) =>
      term(i, `${tex(one, places)}\\cdot ${tex(weightsOf(block)[i], places + 1)}`),
    );
    return `= ${terms.join(' + ')} ${end}`;
  }
  const shown = largestFirst(blocks).slice(0, 3);
  const others = remainder(
    value - (bias ?? 0),
    shown.map(({ sum }) => sum),
  );
  const terms = shown.map((block) => term(blocks.indexOf(block), texFigure(block.sum, decimals)));
  const rest = texRest(others, blocks.length - shown.length, decimals);
  return `= ${terms.join(' + ')} ${rest} ${end}`;
}

/** @param {Float64Array} window @param {Float64Array} weight @param {number} places  of the window's values */
function spokenTiles(window, weight, places) {
  const spoken = (/** @type {number} */ value, /** @type {number} */ i) =>
    `${factor(value, places)} times ${factor(weight[i], places + 1)}`;
  return Array.from(window, spoken).join(', plus ');
}
