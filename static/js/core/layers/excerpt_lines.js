// Which lines of a layer's input go into the Lab.

import { MOST_LINES } from '../limits.js';

/**
 * Lines of the input that are kept, and how many output lines come before them.
 * @typedef {{start: number, count: number, skipped: number}} Lines
 */

/**
 * The input lines around a window, from one on at which an output line begins.
 * @param {readonly number[]} window  its lines, those in padding included
 * @param {number} size
 * @param {number} stride
 * @returns {Lines}
 */
export function linesAround(window, size, stride) {
  if (size <= MOST_LINES) return { start: 0, count: size, skipped: 0 };
  const middle = (Math.min(...window) + Math.max(...window)) / 2;
  const last = Math.ceil((size - MOST_LINES) / stride);
  const wanted = Math.floor((middle - MOST_LINES / 2) / stride);
  const skipped = Math.min(Math.max(wanted, 0), last);
  const start = skipped * stride;
  return { start, count: Math.min(MOST_LINES, size - start), skipped };
}

/**
 * Some channels and lines of an experiment's input.
 * @param {{input: import('../experiment/experiment.js').Values}} experiment
 * @param {readonly number[]} channels
 * @param {Lines} down
 * @param {Lines} across
 */
export function cropped({ input: { shape, data } }, channels, down, across) {
  const [, height, width] = shape;
  const part = new Float64Array(channels.length * down.count * across.count);
  channels.forEach((channel, index) => {
    for (let row = 0; row < down.count; row += 1) {
      const from = (channel * height + down.start + row) * width + across.start;
      part.set(data.subarray(from, from + across.count), (index * down.count + row) * across.count);
    }
  });
  return { shape: [channels.length, down.count, across.count], data: part };
}
