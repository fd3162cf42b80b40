// A layer's weights as pictures of kernels, and the range of their colours.

import { largest } from '../range.js';

/** @import {Tensor} from '../tensor.js' */

/** How the numbers of a unit are folded: the two factors that are nearest to each other. @param {number} count */
function foldOf(count) {
  let rows = Math.floor(Math.sqrt(count));
  while (count % rows !== 0) rows -= 1;
  return [rows, count / rows];
}

/**
 * Weights as kernels: a convolution's as they are, a dense layer's a picture a unit, whose numbers are
 * folded in the order in which the unit reads them.
 * @param {Tensor} weights  (C_out, C_in, K_h, K_w) or (n, m)
 * @returns {Tensor} (filters, inputs, rows, columns) of the same numbers
 */
export function asKernels({ shape, data }) {
  if (shape.length === 4) return { shape, data };
  const [units, inputs] = shape;
  return { shape: [units, 1, ...foldOf(inputs)], data };
}

/** @type {WeakMap<Tensor, number>} */
const limits = new WeakMap();

/** The largest absolute value of a tensor. @param {Tensor} tensor */
function limitOf(tensor) {
  const known = limits.get(tensor);
  if (known !== undefined) return known;
  const limit = largest(tensor.data.map(Math.abs));
  limits.set(tensor, limit);
  return limit;
}

/** The one symmetric range of several tensors: from minus this to this. @param {readonly Tensor[]} tensors */
export const sharedLimit = (tensors) => largest(tensors.map(limitOf));

/**
 * One number of the kernels; undefined where they have no such place, as those of another network may.
 * @param {Tensor} kernels  (filters, inputs, rows, columns)
 * @param {{filter: number, input: number, row: number, column: number}} at
 * @returns {number | undefined}
 */
export function valueAt({ shape, data }, { filter, input, row, column }) {
  const [filters, inputs, rows, columns] = shape;
  if (filter >= filters || input >= inputs || row >= rows || column >= columns) return undefined;
  return data[((filter * inputs + input) * rows + row) * columns + column];
}

/**
 * The power of ten that numbers are written in where little room is: three of them, or 0 where they need none.
 * @param {number} largest  the largest absolute value
 */
export function thousandsOf(largest) {
  if (largest === 0 || largest >= 0.1) return 0;
  return 3 * Math.floor(Math.log10(largest) / 3);
}
