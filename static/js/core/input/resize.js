// Pictures in another size.

import { areaTaps } from '../drawing/resample.js';

/** @import {Values} from '../experiment/experiment.js' */

/**
 * A picture in another size: every value the mean of what it covers, so that an enlarged one stays
 * crisp; in 255ths, as a screen shows it.
 * @param {Values} values  (C, H, W) in [0, 1]
 * @param {number} height
 * @param {number} width
 * @returns {Values}
 */
export function resized({ shape: [channels, rows, columns], data }, height, width) {
  const [down, across] = [areaTaps(rows, height), areaTaps(columns, width)];
  const result = Float64Array.from({ length: channels * height * width }, (_, cell) => {
    const channel = Math.floor(cell / (height * width));
    const [row, column] = [Math.floor(cell / width) % height, cell % width];
    let sum = 0;
    for (let i = 0; i < down.counts[row]; i++) {
      const start = (channel * rows + down.starts[row] + i) * columns + across.starts[column];
      const share = down.weights[row * down.widest + i];
      for (let j = 0; j < across.counts[column]; j++) {
        sum += data[start + j] * share * across.weights[column * across.widest + j];
      }
    }
    return Math.round(sum * 255) / 255;
  });
  return { shape: [channels, height, width], data: result };
}
