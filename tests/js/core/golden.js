// The golden numbers (tests/golden), as they are stored, and tensors made of them.
import { readFileSync } from 'node:fs';

/**
 * The document of one golden file.
 * @param {string} name
 * @returns {any}
 */
export function golden(name) {
  const file = new URL(`../../golden/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * A tensor of nested arrays.
 * @param {any} nested
 * @returns {{shape: number[], data: Float32Array}}
 */
export function tensor(nested) {
  const shape = [];
  for (let level = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
  return { shape, data: Float32Array.from(flat(nested)) };
}

/**
 * The numbers of nested arrays, row-major.
 * @param {any} nested
 * @returns {number[]}
 */
export function flat(nested) {
  return nested.flat(Infinity);
}

/**
 * An axis as the browser writes it, from a golden one.
 * @param {any} axis
 * @returns {import('../../../static/js/core/operations/axis.js').Axis}
 */
export function axisOf(axis) {
  return {
    inputSize: axis.input,
    kernelSize: axis.kernel_size,
    stride: axis.stride,
    dilation: axis.dilation,
    paddingBefore: axis.padding_before,
    paddingAfter: axis.padding_after,
    paddingMode: axis.padding_mode,
    ceilMode: axis.ceil_mode,
  };
}

/**
 * Every position (channel, row, column) of a shape, in data order.
 * @param {readonly number[]} shape
 */
export function everyPosition([channels, rows, columns]) {
  return Array.from({ length: channels * rows * columns }, (_, index) => ({
    channel: Math.floor(index / (rows * columns)),
    row: Math.floor(index / columns) % rows,
    column: index % columns,
  }));
}
