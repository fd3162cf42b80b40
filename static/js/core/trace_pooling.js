// What one value of a pooling is made of, in float64.
//
// traceMaxPool2d(input, settings, position)    the window and its winner
// traceAvgPool2d(input, settings, position)    the window, its sum and the divisor

import { gather, sum } from './operands.js';
import { axesOf } from './settings.js';
import { positions, windowAt } from './window.js';

/**
 * @typedef {import('./tensor.js').Tensor} Tensor
 * @typedef {import('./settings.js').WindowSettings} WindowSettings
 * @typedef {import('./window.js').Source} Source
 * @typedef {import('./operands.js').Position} Position
 * @typedef {import('./axis.js').Axis} Axis
 *
 * The window is row-major of the shape [K_h, K_w], -Infinity in padding. The winner's index counts
 * within one map; its place within the window is windowIndex. Null where all is padding.
 * @typedef {{row: number, column: number, index: number, windowIndex: number}} Winner
 * @typedef {{
 *   kind: 'MaxPool2d',
 *   value: number,
 *   shape: [number, number],
 *   rows: Source[],
 *   columns: Source[],
 *   window: Float64Array,
 *   winner: Winner | null,
 * }} MaxPool2dTrace
 *
 * @typedef {{
 *   kind: 'AvgPool2d',
 *   value: number,
 *   shape: [number, number],
 *   rows: Source[],
 *   columns: Source[],
 *   window: Float64Array,
 *   sum: number,
 *   divisor: number,
 * }} AvgPool2dTrace
 */

/**
 * What one value of a max pooling is made of. Of equal values the first wins; NaN always does.
 * @param {Tensor} input  (C, H, W)
 * @param {WindowSettings} settings
 * @param {Position} position
 * @returns {MaxPool2dTrace}
 */
export function traceMaxPool2d(input, settings, { channel, row, column }) {
  const [, height, width] = input.shape;
  const { rows, columns } = windowAt(axesOf(settings, height, width), row, column);
  const window = gather(input, [channel], rows, columns, -Infinity);
  /** @type {Winner | null} */
  let winner = null;
  window.forEach((value, windowIndex) => {
    const sourceRow = rows[Math.floor(windowIndex / columns.length)];
    const sourceColumn = columns[windowIndex % columns.length];
    if (sourceRow === null || sourceColumn === null) return;
    if (winner && !(value > window[winner.windowIndex]) && !Number.isNaN(value)) return;
    const index = sourceRow * width + sourceColumn;
    winner = { row: sourceRow, column: sourceColumn, index, windowIndex };
  });
  const place = /** @type {Winner | null} */ (winner);
  return {
    kind: 'MaxPool2d',
    value: place ? window[place.windowIndex] : -Infinity,
    shape: [rows.length, columns.length],
    rows,
    columns,
    window,
    winner: place,
  };
}

/**
 * How many lines of one window count: those of the input, and of the padding where it does.
 * @param {Axis} axis
 * @param {number} output
 * @param {boolean} countIncludePad
 */
function counted(axis, output, countIncludePad) {
  const start = countIncludePad ? -axis.paddingBefore : 0;
  const end = axis.inputSize + (countIncludePad ? axis.paddingAfter : 0);
  return positions(axis, output).filter((line) => line >= start && line < end).length;
}

/**
 * What one value of an average pooling is made of: the sum of its window over the divisor.
 * @param {Tensor} input  (C, H, W)
 * @param {WindowSettings} settings
 * @param {Position} position
 * @returns {AvgPool2dTrace}
 */
export function traceAvgPool2d(input, settings, { channel, row, column }) {
  const { height, width } = axesOf(settings, input.shape[1], input.shape[2]);
  const { rows, columns } = windowAt({ height, width }, row, column);
  const window = gather(input, [channel], rows, columns, 0);
  const divisor =
    settings.divisorOverride ??
    counted(height, row, settings.countIncludePad) *
      counted(width, column, settings.countIncludePad);
  return {
    kind: 'AvgPool2d',
    value: sum(window) / divisor,
    shape: [rows.length, columns.length],
    rows,
    columns,
    window,
    sum: sum(window),
    divisor,
  };
}
