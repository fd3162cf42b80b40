// What the Lab opens with: a small glyph under a Sobel kernel that moves in steps of two, so that
// one row and one column are read by no window.

import { GLYPH } from '../input/glyph.js';

/** @type {import('./experiment.js').Experiment} */
export const EXAMPLE = Object.freeze({
  operation: 'conv2d',
  input: { shape: [1, 8, 8], data: Float64Array.from(GLYPH.flat()) },
  weight: { shape: [1, 1, 3, 3], data: Float64Array.of(-1, 0, 1, -2, 0, 2, -1, 0, 1) },
  bias: null,
  settings: {
    kernel_size: [3, 3],
    stride: 2,
    padding: 0,
    dilation: 1,
    groups: 1,
    padding_mode: 'zeros',
    flip_kernel: false,
  },
  outputGradient: null,
});
