// Max pooling.

import { poolAxes } from './pool_window.js';

/** @typedef {import('../settings.js').WindowSettings} WindowSettings */

/**
 * For one channel of a max pooling of any kind, where each output value comes from: row · W + column of the
 * input map, -1 where a window sees nothing but padding. Of equal values the first wins.
 * @param {import('./frames.js').Values} input  (C, H, W)
 * @param {WindowSettings} settings
 * @param {number} channel
 * @returns {Int32Array}  H_out · W_out, row-major
 */
export function winnerMap(input, settings, channel) {
  const [, height, width] = input.shape;
  const axes = poolAxes(settings, height, width);
  const across = Array.from({ length: axes.width.size }, (_, column) => axes.width.sources(column));
  const plane = input.data.subarray(channel * height * width);
  const winners = new Int32Array(axes.height.size * axes.width.size).fill(-1);
  const down = Array.from({ length: axes.height.size }, (_, row) => axes.height.sources(row));
  for (let cell = 0; cell < winners.length; cell++) {
    const rows = down[Math.floor(cell / axes.width.size)];
    const columns = across[cell % axes.width.size];
    for (const row of rows) {
      if (row === null) continue;
      for (const column of columns) {
        if (column === null) continue;
        const place = row * width + column;
        const best = winners[cell];
        const value = plane[place];
        if (best < 0 || value > plane[best] || Number.isNaN(value)) winners[cell] = place;
      }
    }
  }
  return winners;
}
