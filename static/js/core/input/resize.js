// Pictures in another size, in other proportions and in grey.

import { areaTaps } from '../drawing/resample.js';

/** @import {Values} from '../experiment/experiment.js' */

/**
 * As much of a picture's middle as has the proportions of a grid, so that nothing is squeezed.
 * @param {Values} values  (C, H, W)
 * @param {number} height  of the grid
 * @param {number} width
 * @returns {Values}
 */
export function cropped({ shape: [channels, rows, columns], data }, height, width) {
  const scale = Math.min(rows / height, columns / width);
  const kept = [rows, columns].map((size, side) =>
    Math.max(1, Math.min(size, Math.round(scale * [height, width][side]))),
  );
  const [top, left] = [Math.floor((rows - kept[0]) / 2), Math.floor((columns - kept[1]) / 2)];
  const result = new Float64Array(channels * kept[0] * kept[1]);
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < kept[0]; row++) {
      const start = (channel * rows + top + row) * columns + left;
      result.set(data.subarray(start, start + kept[1]), (channel * kept[0] + row) * kept[1]);
    }
  }
  return { shape: [channels, ...kept], data: result };
}

/**
 * A picture in grey, as the eye weighs its colours (ITU-R BT.601); one that is grey stays as it is.
 * @param {Values} values  (3, H, W) or (1, H, W)
 * @returns {Values}
 */
export function greyOf({ shape, data }) {
  if (shape[0] !== 3) return { shape, data };
  const area = shape[1] * shape[2];
  const grey = Float64Array.from(
    { length: area },
    (_, cell) => 0.299 * data[cell] + 0.587 * data[area + cell] + 0.114 * data[2 * area + cell],
  );
  return { shape: [1, shape[1], shape[2]], data: grey };
}

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
