// The kernels that new filters begin with: each a different well-known one.

/**
 * @import {Values} from './experiment.js'
 * @typedef {{name: string, title: string, line: string, kernel: Values}} NamedKernel  kernel: (K_h, K_w)
 */

/** @type {readonly (readonly number[])[]} */
const KERNELS = [
  [-1, 0, 1, -2, 0, 2, -1, 0, 1],
  [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  [0, 1, 0, 1, -4, 1, 0, 1, 0],
  [0.0625, 0.125, 0.0625, 0.125, 0.25, 0.125, 0.0625, 0.125, 0.0625],
  [0, -1, 0, -1, 5, -1, 0, -1, 0],
  [-2, -1, 0, -1, 1, 1, 0, 1, 2],
  [-1, -1, -1, -1, 8, -1, -1, -1, -1],
  [0, 0, 0, 0, 1, 0, 0, 0, 0],
];

/**
 * The kernel that the filter with this number begins with: Sobel x and y, Laplacian, Gaussian,
 * sharpen, emboss, edges, identity, and again from the first.
 * @param {number} filter  counted from 0
 * @returns {Values}  (3, 3)
 */
export function newKernel(filter) {
  return { shape: [3, 3], data: Float64Array.from(KERNELS[filter % KERNELS.length]) };
}
