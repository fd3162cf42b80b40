// Where a moving window reads the input: the map of app/mechanics/window.py, held to the numbers in
// tests/golden as that one is.

import { outputSize } from './axis.js';

/** @import {Axis} from './axis.js' */

/**
 * An input row or column, counted from 0; null where the window lies in zero padding.
 * @typedef {number | null} Source
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

/** The input lines that no window reads: cut off by the floor, or jumped over. @param {Axis} axis */
export function unreadLines(axis) {
  const read = new Set(sourceTable(axis));
  const lines = Array.from({ length: axis.inputSize }, (_, line) => line);
  return lines.filter((line) => !read.has(line));
}
