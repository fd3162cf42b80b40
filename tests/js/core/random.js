import { toPoint } from '../../../static/js/core/drawing/strokes.js';

/**
 * A generator of numbers in 0…1 that gives the same ones for the same seed.
 * Source: mulberry32, Tommy Ettinger, public domain.
 * @param {number} seed
 */
export function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A stroke that wanders over the paper and beyond.
 * @param {() => number} random
 * @param {number} count  points
 * @returns {import('../../../static/js/core/drawing/strokes.js').Stroke}
 */
export function randomStroke(random, count) {
  const hasPressure = random() < 0.5;
  let [x, y] = [280 * random(), 280 * random()];
  const points = Array.from({ length: count }, () => {
    x += 40 * (random() - 0.5);
    y += 40 * (random() - 0.5);
    return toPoint(x, y, hasPressure ? random() : 0.5);
  });
  const size = 1 + Math.floor(60 * random());
  return { tool: random() < 0.3 ? 'eraser' : 'pen', size, points };
}
