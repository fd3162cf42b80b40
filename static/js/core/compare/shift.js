// What becomes of the output when the input is shifted: a convolution's shifts with it, a pooling's
// may stay as it is.

import { axesOf, operandsOf } from '../operations/registry.js';
import { outcome } from '../experiment/outcome.js';

/**
 * @import {Experiment, Values} from '../experiment/experiment.js'
 * @import {AxisMap} from '../operations/axis_map.js'
 * @typedef {{readonly rows: number, readonly columns: number}} Shift
 *
 * `by` is how far the output should move, in its own cells; where that is not whole (`isWhole`) it
 * is compared with the output moved by the whole part. `expected` and `difference` are NaN where
 * nothing is known of a cell. A cell is inside (1) where the same pixels, all of them there, stand under
 * both windows: there an operation that only looks at its window gives the same. `unchanged` counts the
 * cells that have the very value they had before the shift.
 * @typedef {{
 *   readonly input: Values,
 *   readonly output: Values,
 *   readonly expected: Values,
 *   readonly difference: Values,
 *   readonly inside: Uint8Array,
 *   readonly by: Shift,
 *   readonly isWhole: boolean,
 *   readonly largest: number,
 *   readonly largestInside: number,
 *   readonly unchanged: number,
 * }} Shifted
 */

/**
 * Values moved down and to the right. What leaves on one side comes back on the other, or is lost and
 * zeros come in.
 * @param {Values} values  (C, H, W)
 * @param {Shift} shift
 * @param {boolean} isWrapped
 * @returns {Values}
 */
export function shiftedInput({ shape, data }, { rows, columns }, isWrapped) {
  const [, height, width] = shape;
  const moved = data.map((_, cell) => {
    const from = source(Math.floor(cell / width) % height, rows, height, isWrapped);
    const across = source(cell % width, columns, width, isWrapped);
    const start = cell - (cell % (height * width));
    return from < 0 || across < 0 ? 0 : data[start + from * width + across];
  });
  return { shape, data: moved };
}

/**
 * The line that comes to stand at another; -1 where none does.
 * @param {number} line
 * @param {number} by
 * @param {number} size
 * @param {boolean} isWrapped
 */
function source(line, by, size, isWrapped) {
  const from = line - by;
  if (isWrapped) return ((from % size) + size) % size;
  return from >= 0 && from < size ? from : -1;
}

/**
 * The output of the shifted input, beside the shifted output; null where there is none. With circular
 * padding the input is shifted round.
 * @param {Experiment} experiment
 * @param {Shift} shift  of the input
 * @returns {Shifted | null}
 */
export function shifted(experiment, shift) {
  const before = outcome(experiment);
  const isWrapped = operandsOf(experiment).settings.paddingMode === 'circular';
  const input = shiftedInput(experiment.input, shift, isWrapped);
  const after = outcome({ ...experiment, input });
  if (before.kind === 'refused' || after.kind === 'refused') return null;
  const { height: down, width: across } = axesOf(experiment);
  const by = { rows: shift.rows * down.scale, columns: shift.columns * across.scale };
  const whole = { rows: Math.trunc(by.rows), columns: Math.trunc(by.columns) };
  const isWhole = whole.rows === by.rows && whole.columns === by.columns;
  const expected = moved(before.output, whole);
  const difference = minus(after.output, expected);
  const inside = insideOf(experiment, shift, whole, before.output.shape);
  return {
    input,
    output: after.output,
    expected,
    difference,
    inside,
    by,
    isWhole,
    largest: largestOf(difference.data),
    largestInside: largestOf(difference.data.filter((_, cell) => inside[cell] === 1)),
    unchanged: after.output.data.reduce(
      (count, value, cell) => count + Number(Object.is(value, before.output.data[cell])),
      0,
    ),
  };
}

/** Maps moved by whole lines, NaN where nothing comes in. @param {Values} values @param {Shift} by @returns {Values} */
function moved({ shape, data }, { rows, columns }) {
  const [, height, width] = shape;
  const result = data.map((_, cell) => {
    const from = source(Math.floor(cell / width) % height, rows, height, false);
    const across = source(cell % width, columns, width, false);
    const start = cell - (cell % (height * width));
    return from < 0 || across < 0 ? NaN : data[start + from * width + across];
  });
  return { shape, data: result };
}

/** @param {Values} one @param {Values} other @returns {Values} */
function minus({ shape, data }, other) {
  const result = data.map((value, cell) =>
    // Infinities that are the same do not differ.
    value === other.data[cell] ? 0 : value - other.data[cell],
  );
  return { shape, data: result };
}

/** The largest absolute value, NaN left out. @param {Float64Array} data */
function largestOf(data) {
  return data.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 0);
}

/**
 * Which cells have the same pixels under their window as the cell they come from.
 * @param {Experiment} experiment
 * @param {Shift} shift
 * @param {Shift} by  of the output
 * @param {readonly number[]} shape  of the output
 */
function insideOf(experiment, shift, by, [channels, height, width]) {
  const axes = axesOf(experiment);
  const down = sameLines(axes.height, shift.rows, by.rows);
  const across = sameLines(axes.width, shift.columns, by.columns);
  return Uint8Array.from({ length: channels * height * width }, (_, cell) =>
    Number(down[Math.floor(cell / width) % height] && across[cell % width]),
  );
}

/** @param {AxisMap} axis @param {number} shift @param {number} by */
function sameLines(axis, shift, by) {
  return Array.from({ length: axis.output.size }, (_, line) => {
    const from = line - by;
    if (from < 0 || from >= axis.output.size) return false;
    const [now, before] = [axis.sources(line), axis.sources(from)];
    return (
      now.length === before.length &&
      now.every(({ source: here, kernel }, at) => {
        const there = before[at];
        if (here === null || there.source === null || kernel !== there.kernel) return false;
        return here === there.source + shift;
      })
    );
  });
}
