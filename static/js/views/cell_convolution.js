import { html, nothing } from 'lit-html';

import { fixed } from '../core/number.js';
import { productTiles, tileAt } from '../render/tiles.js';
import { behindLine, cellFormula, limitOf, term, texNumber } from './cell_parts.js';
import { resultLines, sumList } from './sums.js';

/**
 * @typedef {import('./cell.js').CellModel} CellModel
 * @typedef {import('../core/trace_convolution.js').Conv2dTrace} Conv2dTrace
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
  const [channels, rows, columns] = trace.shape;
  const shown = shownChannel(trace, selectedInput);
  const isSingle = channels === 1;
  const order = Array.from(trace.channelSums.keys()).sort(
    (a, b) => Math.abs(trace.channelSums[b]) - Math.abs(trace.channelSums[a]) || a - b,
  );
  const products = trace.products.subarray(shown * rows * columns, (shown + 1) * rows * columns);
  return html`
    ${tilesPart(model, trace, shown)}
    ${cellFormula(explained, numbersLine(trace, products, order), model)}
    <div class="cell-sums">
      <h3>${isSingle ? 'the sum' : `${channels} channel sums, largest first`}</h3>
      ${sumList({
        terms: order.map((c) => ({
          name: isSingle ? explained.layer.inputs[0] : `map ${trace.inputChannels[c]}`,
          value: trace.channelSums[c],
          select: isSingle ? null : () => select(c),
          isSelected: c === shown,
          isLit: !isSingle && c === lit,
          light: isSingle ? undefined : (isOn) => light(isOn ? c : null),
        })),
        limit: limitOf(trace.channelSums),
        isOpen: model.isListOpen,
        toggle: model.toggle,
      })}
      ${resultLines([
        { name: 'bias', value: fixed(trace.bias, 4) },
        { name: 'value', value: fixed(trace.value, 4), isStrong: true },
        ...behindLine(model, trace.value),
      ])}
    </div>
  `;
}

/**
 * One channel's window × kernel. Where it is the only channel, its products are the formula's terms.
 * @param {CellModel} model
 * @param {Conv2dTrace} trace
 * @param {number} shown
 */
function tilesPart({ explained, grey, inputLimit, lit, light }, trace, shown) {
  const [channels, rows, columns] = trace.shape;
  const size = rows * columns;
  const part = (/** @type {Float64Array} */ values) =>
    values.subarray(shown * size, (shown + 1) * size);
  const isSingle = channels === 1;
  const tiles = productTiles({
    window: part(trace.window),
    weight: part(trace.weight),
    rows,
    columns,
    grey,
    inputLimit,
    weightLimit: limitOf(explained.parameters?.weight.data ?? []),
    lit: isSingle ? lit : null,
    isPadding: (row, column) => trace.rows[row] === null || trace.columns[column] === null,
  });
  const point = (/** @type {PointerEvent} */ event) => light(tileAt(event, rows, columns));
  return html`<div class="cell-tiles">
    <h3>
      from ${explained.layer.inputs[0]}${isSingle ? nothing : ` · map ${trace.inputChannels[shown]}`}:
      window × kernel
    </h3>
    <drawn-picture
      role="img"
      aria-label=${spokenTiles(part(trace.window), part(trace.weight))}
      .picture=${tiles}
      @pointermove=${isSingle ? point : nothing}
      @pointerleave=${() => light(null)}
    ></drawn-picture>
    <p class="note">
      the ${size} products add up to <strong>${fixed(trace.channelSums[shown], 4)}</strong>${
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
 * @param {Float64Array} products  of the shown channel
 * @param {readonly number[]} order  channels, largest sum first
 */
function numbersLine(trace, products, order) {
  const total = `= \\mathbf{${trace.value.toFixed(4)}}`;
  const bias = `+ ${texNumber(trace.bias, 4)}`;
  if (trace.shape[0] === 1) {
    const terms = Array.from(products, (_, i) =>
      term(i, `${texNumber(trace.window[i])}\\cdot ${texNumber(trace.weight[i])}`),
    );
    return `= ${terms.join(' + ')} ${bias} ${total}`;
  }
  const shown = order.slice(0, 3).map((c) => term(c, texNumber(trace.channelSums[c], 4)));
  const rest = trace.shape[0] - shown.length;
  const more = rest > 0 ? `+ \\underbrace{\\cdots}_{${rest}\\text{ more}}` : '';
  return `= ${shown.join(' + ')} ${more} ${bias} ${total}`;
}

/**
 * @param {Float64Array} window
 * @param {Float64Array} weight
 */
function spokenTiles(window, weight) {
  return Array.from(window, (value, i) => `${fixed(value, 2)} times ${fixed(weight[i], 2)}`).join(
    ', plus ',
  );
}
