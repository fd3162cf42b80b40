import { html, nothing } from 'lit-html';

import { sequentialTable } from '../../core/colour.js';
import { fixed } from '../../core/number.js';

/** @import {GridModel} from '../../render/grid.js' */

/** @typedef {import('../../core/operations/conv2d.js').Conv2dTrace} Trace */

const COLOURS = ['red', 'green', 'blue'];
/** Cells hold numbers while the grid stays small; CSS px. */
const [FEW_PX, SOME_PX, GRID_PX, SMALLEST_PX] = [32, 26, 150, 12];

/** From nothing to a colour by itself, as in the photograph. */
const TABLES = [
  sequentialTable([0, 0, 0], [255, 0, 0]),
  sequentialTable([0, 0, 0], [0, 255, 0]),
  sequentialTable([0, 0, 0], [0, 0, 255]),
];

/** @param {number} lines  of the kernel */
function cellSize(lines) {
  if (lines <= 5) return lines <= 3 ? FEW_PX : SOME_PX;
  return Math.max(SMALLEST_PX, Math.floor(GRID_PX / lines));
}

/**
 * The arithmetic at one pixel: for each colour the window, the kernel, their products and the sum.
 * @param {{isPinned: boolean}} model
 * @param {readonly Trace[]} traces  one of all colours, or one of each
 * @param {{row: number, column: number}} pixel
 */
export function lens({ isPinned }, traces, pixel) {
  const rows = traces.flatMap(slices);
  return html`<section class="photo-lens" aria-label="The arithmetic of one pixel">
    <h2>row ${pixel.row}, column ${pixel.column} <span class="note">${isPinned ? 'pinned; Escape lets it go' : 'click to pin'}</span></h2>
    <div class="photo-rows">${rows.map((row, index) => colourRow(row, index))}</div>
    <p class="photo-value" aria-live="polite">${traces.map((trace, index) => value(trace, traces.length > 1 ? COLOURS[index] : 'value'))}</p>
  </section>`;
}

/** A trace channel by channel. @param {Trace} trace */
function slices({ shape, window, weight, products, channelSums }) {
  const [channels, rows, columns] = shape;
  const area = rows * columns;
  return Array.from({ length: channels }, (_, channel) => {
    const part = (/** @type {Float64Array} */ values) =>
      values.subarray(channel * area, (channel + 1) * area);
    return {
      rows,
      columns,
      window: part(window),
      weight: part(weight),
      products: part(products),
      sum: channelSums[channel],
    };
  });
}

/** @param {ReturnType<typeof slices>[number]} row @param {number} index  of the colour */
function colourRow({ rows, columns, window, weight, products, sum }, index) {
  const cell = cellSize(Math.max(rows, columns));
  const most = (/** @type {Float64Array} */ values) =>
    values.reduce((top, one) => Math.max(top, Math.abs(one)), 0);
  const shared = { rows, columns, cell, isNumbered: true, decimals: 2 };
  return html`<div class="photo-row">
    <span class="photo-colour">${COLOURS[index]}</span>
    ${grid({ ...shared, values: window, palette: 'input', limit: 1, table: TABLES[index] })}
    <span aria-hidden="true">×</span>
    ${grid({ ...shared, values: weight, palette: 'weight', limit: most(weight) })}
    <span aria-hidden="true">=</span>
    ${grid({ ...shared, values: products, palette: 'activation', limit: most(products) })}
    <span>Σ <strong>${fixed(sum, 4)}</strong></span>
  </div>`;
}

/** @param {GridModel} model */
const grid = (model) => html`<value-grid .model=${model}></value-grid>`;

/** @param {Trace} trace @param {string} name */
function value({ channelSums, bias, value: total }, name) {
  const parts = [...channelSums].map((sum) => fixed(sum, 4)).join(' + ');
  return html`<span class="photo-total"
    >${name} = ${parts} ${bias ? html`+ ${fixed(bias, 4)} (bias)` : nothing}
    ${channelSums.length > 1 || bias ? html`= <strong>${fixed(total, 4)}</strong>` : nothing}</span
  >`;
}
