// The index map: which input lines an output line reads, and which output lines read an input line.
// A window is a product of its rows and its columns, so the map is kept for one axis at a time.
// The same map as app/mechanics/window.py; both are held to the numbers in tests/golden.
//
// sourceAt(axis, position)      the input line at a position of the padded input
// positions(axis, output)       where each kernel line lies for one output line
// sources(axis, output)         the input line under each kernel line for one output line
// sourceTable(axis)             all of these at once, -1 for padding
// readers(axis, source)         every (output, kernel) that reads an input line
// unreadLines(axis)             the input lines that no window reads
// windowAt(axes, row, column)   the rows and columns under the kernel for one output cell
// readersAt(axes, row, column)  every output cell that reads an input cell, with the kernel cell

import { outputSize } from './axis.js';

/**
 * @typedef {import('./axis.js').Axis} Axis
 * @typedef {import('./axis.js').Axes} Axes
 *
 * An input row or column, counted from 0; null where the window lies in zero padding.
 * @typedef {number | null} Source
 * @typedef {{rows: Source[], columns: Source[]}} Window
 * @typedef {{row: number, column: number, kernelRow: number, kernelColumn: number}} Reader
 */

/**
 * The input line that stands at a position of the padded input.
 * @param {Axis} axis
 * @param {number} position  counted from the input's first line; negative in the padding before it
 * @returns {Source}
 */
export function sourceAt(axis, position) {
  const last = axis.inputSize - 1;
  if (position >= 0 && position <= last) return position;
  // ceilMode's last window may reach beyond the padding.
  if (position < -axis.paddingBefore || position > last + axis.paddingAfter) return null;
  if (axis.paddingMode === 'zeros') return null;
  if (axis.paddingMode === 'reflect') return position < 0 ? -position : 2 * last - position;
  if (axis.paddingMode === 'replicate') return position < 0 ? 0 : last;
  return (position + axis.inputSize) % axis.inputSize;
}

/**
 * Where each kernel line lies for one output line, counted from the input's first line.
 * @param {Axis} axis
 * @param {number} output
 */
export function positions(axis, output) {
  if (output < 0 || output >= outputSize(axis)) {
    throw new RangeError(`There is no line ${output}: the output has ${outputSize(axis)}.`);
  }
  const start = output * axis.stride - axis.paddingBefore;
  return Array.from({ length: axis.kernelSize }, (_, kernel) => start + kernel * axis.dilation);
}

/**
 * The input line under each kernel line for one output line.
 * @param {Axis} axis
 * @param {number} output
 * @returns {Source[]}
 */
export function sources(axis, output) {
  return positions(axis, output).map((position) => sourceAt(axis, position));
}

/**
 * The input line under every kernel line of every output line, as outputs × kernelSize; -1: padding.
 * @param {Axis} axis
 */
export function sourceTable(axis) {
  const { kernelSize } = axis;
  const table = new Int32Array(outputSize(axis) * kernelSize);
  for (let entry = 0; entry < table.length; entry++) {
    const output = Math.floor(entry / kernelSize);
    const kernel = entry % kernelSize;
    const position = output * axis.stride - axis.paddingBefore + kernel * axis.dilation;
    table[entry] = sourceAt(axis, position) ?? -1;
  }
  return table;
}

/**
 * Every output line and kernel line that reads an input line, also through padding.
 * @param {Axis} axis
 * @param {number} source
 */
export function readers(axis, source) {
  /** @type {{output: number, kernel: number}[]} */
  const found = [];
  sourceTable(axis).forEach((line, entry) => {
    if (line !== source) return;
    found.push({
      output: Math.floor(entry / axis.kernelSize),
      kernel: entry % axis.kernelSize,
    });
  });
  return found;
}

/** The input lines that no window reads: cut off by the floor, or jumped over. @param {Axis} axis */
export function unreadLines(axis) {
  const read = new Set(sourceTable(axis));
  const lines = Array.from({ length: axis.inputSize }, (_, line) => line);
  return lines.filter((line) => !read.has(line));
}

/**
 * The input rows and columns under the kernel for one output cell.
 * @param {Axes} axes
 * @param {number} row
 * @param {number} column
 * @returns {Window}
 */
export function windowAt(axes, row, column) {
  return { rows: sources(axes.height, row), columns: sources(axes.width, column) };
}

/**
 * Every output cell that reads an input cell, and the kernel cell it does so with.
 * @param {Axes} axes
 * @param {number} row
 * @param {number} column
 * @returns {Reader[]}
 */
export function readersAt(axes, row, column) {
  const across = readers(axes.width, column);
  return readers(axes.height, row).flatMap((down) =>
    across.map(({ output, kernel }) => ({
      row: down.output,
      column: output,
      kernelRow: down.kernel,
      kernelColumn: kernel,
    })),
  );
}
