// A pooling as a whole, of any kind, and its gradient, in float64.
//
// pool2d(input, kind, settings)                            every output value, and where a maximum stood
// pool2dGradient(input, kind, settings, outputGradient)    what each input value gets of it

import { winnerMap } from './max_pool2d.js';
import { norm } from './norm.js';
import { sum } from '../operands.js';
import { isMax, ofKind, poolAxes } from './pool_window.js';

/**
 * @typedef {import('./frames.js').Values} Values
 * @typedef {import('./frames.js').Sums} Sums
 * @typedef {import('../settings.js').WindowSettings} WindowSettings
 * @typedef {import('./pool_window.js').PoolKind} PoolKind
 *
 * `indices` count within one map, -1 where a window sees nothing but padding; null but for max kinds.
 * @typedef {{output: Sums, indices: Int32Array | null}} Pooled
 *
 * One window: its place among the outputs, its cells' places in the input and their values (padding
 * left out), and what their sum is divided by for a mean.
 * @typedef {{cell: number, places: Int32Array, values: Float64Array, divisor: number}} PooledWindow
 */

/**
 * Every window of every map as one value.
 * @param {Values} input  (C, H, W)
 * @param {PoolKind} kind
 * @param {WindowSettings} settings
 * @returns {Pooled}
 */
export function pool2d(input, kind, settings) {
  const own = ofKind(kind, settings);
  const shape = pooledShape(input, own);
  const data = new Float64Array(shape[0] * shape[1] * shape[2]);
  if (isMax(kind)) {
    const indices = winners(input, own);
    const [area, pooledArea] = [input.shape[1] * input.shape[2], shape[1] * shape[2]];
    indices.forEach((place, cell) => {
      const start = Math.floor(cell / pooledArea) * area;
      data[cell] = place < 0 ? -Infinity : input.data[start + place];
    });
    return { output: { shape, data }, indices };
  }
  eachWindow(input, own, ({ cell, values, divisor }) => {
    data[cell] = kind === 'lp' ? norm(values, own.normType) : sum(values) / divisor;
  });
  return { output: { shape, data }, indices: null };
}

/**
 * The gradient with respect to the input: of a maximum the winner gets all, of a mean every cell an
 * equal share, of a norm a cell gets sign(x) · (|x| / norm)^(p − 1), and nothing where it is 0.
 * @param {Values} input  (C, H, W)
 * @param {PoolKind} kind
 * @param {WindowSettings} settings
 * @param {Values} outputGradient  (C, H_out, W_out)
 * @returns {Sums}  (C, H, W)
 */
export function pool2dGradient(input, kind, settings, outputGradient) {
  const own = ofKind(kind, settings);
  const data = new Float64Array(input.data.length);
  const given = outputGradient.data;
  if (isMax(kind)) {
    const area = input.shape[1] * input.shape[2];
    const pooledArea = outputGradient.shape[1] * outputGradient.shape[2];
    winners(input, own).forEach((place, cell) => {
      // A window of padding alone gives its gradient to nobody.
      if (place >= 0) data[Math.floor(cell / pooledArea) * area + place] += given[cell];
    });
  } else {
    eachWindow(input, own, ({ cell, places, values, divisor }) => {
      const whole = kind === 'lp' ? norm(values, own.normType) : 0;
      places.forEach((place, index) => {
        const value = values[index];
        if (kind !== 'lp') data[place] += given[cell] / divisor;
        else if (value !== 0) data[place] += given[cell] * slope(value, whole, own.normType);
      });
    });
  }
  return { shape: [...input.shape], data };
}

/**
 * How the norm changes with one of its values.
 * @param {number} value
 * @param {number} whole
 * @param {number} normType
 */
function slope(value, whole, normType) {
  return Math.sign(value) * (Math.abs(value) / whole) ** (normType - 1);
}

/**
 * The shape of the output.
 * @param {Values} input
 * @param {WindowSettings} settings
 */
function pooledShape({ shape: [channels, rows, columns] }, settings) {
  const { height, width } = poolAxes(settings, rows, columns);
  return [channels, height.size, width.size];
}

/**
 * Where the winner of every window of every map stands.
 * @param {Values} input
 * @param {WindowSettings} settings
 */
function winners(input, settings) {
  const [channels, height, width] = pooledShape(input, settings);
  const found = new Int32Array(channels * height * width);
  for (let channel = 0; channel < channels; channel++) {
    found.set(winnerMap(input, settings, channel), channel * height * width);
  }
  return found;
}

/**
 * Visits every window of every map, in the order of the outputs.
 * @param {Values} input
 * @param {WindowSettings} settings
 * @param {(window: PooledWindow) => void} visit  keeps nothing of what it is given
 */
function eachWindow({ shape: [channels, rows, columns], data }, settings, visit) {
  const { height, width } = poolAxes(settings, rows, columns);
  const [down, across] = [linesOf(height), linesOf(width)];
  const override = settings.outputSize ? null : settings.divisorOverride;
  const places = new Int32Array(rows * columns);
  const values = new Float64Array(rows * columns);
  let cell = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (const { lines: under, counted } of down) {
      for (const { lines, counted: alongside } of across) {
        for (let index = 0, size = under.length * lines.length; index < size; index++) {
          const row = channel * rows + under[Math.floor(index / lines.length)];
          places[index] = row * columns + lines[index % lines.length];
          values[index] = data[places[index]];
        }
        visit({
          cell: cell++,
          places: places.subarray(0, under.length * lines.length),
          values: values.subarray(0, under.length * lines.length),
          divisor: override ?? counted * alongside,
        });
      }
    }
  }
}

/**
 * The input lines of each window without padding, and how many lines count.
 * @param {import('./pool_window.js').PoolAxis} axis
 */
function linesOf(axis) {
  return Array.from({ length: axis.size }, (_, output) => ({
    lines: Int32Array.from(axis.sources(output).filter((line) => line !== null)),
    counted: axis.counted(output),
  }));
}
