// What one value of a pooling is made of, in float64.
//
// traceMaxPool2d(input, settings, position)    the window and its winner
// traceAvgPool2d(input, settings, position)    the window, its sum and the divisor
// traceLpPool2d(input, settings, position)     the window, its powers and their sum

import { norm } from './norm.js';
import { gather, sum } from '../operands.js';
import { poolAxes } from './pool_window.js';

/**
 * @typedef {import('./frames.js').Values} Tensor
 * @typedef {import('../settings.js').WindowSettings} WindowSettings
 * @typedef {import('./window.js').Source} Source
 * @typedef {import('../operands.js').Position} Position
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
 *
 * Powers are |x|^p, 0 in padding.
 * @typedef {{
 *   kind: 'LPPool2d',
 *   value: number,
 *   shape: [number, number],
 *   rows: Source[],
 *   columns: Source[],
 *   window: Float64Array,
 *   powers: Float64Array,
 *   sum: number,
 *   normType: number,
 * }} LPPool2dTrace
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
  const axes = poolAxes(settings, height, width);
  const [rows, columns] = [axes.height.sources(row), axes.width.sources(column)];
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
 * What one value of an average pooling is made of: the sum of its window over the divisor.
 * @param {Tensor} input  (C, H, W)
 * @param {WindowSettings} settings
 * @param {Position} position
 * @returns {AvgPool2dTrace}
 */
export function traceAvgPool2d(input, settings, { channel, row, column }) {
  const { height, width } = poolAxes(settings, input.shape[1], input.shape[2]);
  const [rows, columns] = [height.sources(row), width.sources(column)];
  const window = gather(input, [channel], rows, columns, 0);
  const override = settings.outputSize ? null : settings.divisorOverride;
  const divisor = override ?? height.counted(row) * width.counted(column);
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

/**
 * What one value of an Lp pooling is made of: the p-th root of the sum of |x|^p.
 * @param {Tensor} input  (C, H, W)
 * @param {WindowSettings} settings
 * @param {Position} position
 * @returns {LPPool2dTrace}
 */
export function traceLpPool2d(input, settings, { channel, row, column }) {
  const { height, width } = poolAxes(settings, input.shape[1], input.shape[2]);
  const [rows, columns] = [height.sources(row), width.sources(column)];
  const window = gather(input, [channel], rows, columns, 0);
  const { normType } = settings;
  const powers = window.map((value) => Math.abs(value) ** normType);
  return {
    kind: 'LPPool2d',
    value: norm(window, normType),
    shape: [rows.length, columns.length],
    rows,
    columns,
    window,
    powers,
    sum: sum(powers),
    normType,
  };
}
