// Max pooling: of each window its largest value.

import { MOVING, MOVING_FIELDS, pooledShape, pooling, windowAt } from './pooling.js';

/**
 * @import {Operands} from './registry.js'
 * @import {Window} from './pooling.js'
 *
 * -Infinity in padding. The winner's index counts within one map; its place within the window is
 * windowIndex. Null where all is padding.
 * @typedef {{row: number, column: number, index: number, windowIndex: number}} Winner
 * @typedef {Window & {kind: 'MaxPool2d', value: number, winner: Winner | null}} MaxPool2dTrace
 */

/** The largest value of a window. Of equal values the first wins; NaN always does. */
export const MAXIMUM = /** @satisfies {import('./pooling.js').Reduction} */ ({
  kept: 'largest',
  isMaximum: true,
  sign: () => '\\xrightarrow{\\max}',

  compute(operands) {
    const { data, shape } = operands.input;
    const indices = winners(operands);
    const pooled = pooledShape(operands);
    const [area, pooledArea] = [shape[1] * shape[2], pooled[1] * pooled[2]];
    const values = Float64Array.from(indices, (place, cell) =>
      place < 0 ? -Infinity : data[Math.floor(cell / pooledArea) * area + place],
    );
    return { output: { shape: pooled, data: values }, indices };
  },

  /** The winner gets all; a window of padding alone gives its gradient to nobody. */
  inputGradient(operands, { shape, data: given }) {
    const { input } = operands;
    const data = new Float64Array(input.data.length);
    const [area, pooledArea] = [input.shape[1] * input.shape[2], shape[1] * shape[2]];
    winners(operands).forEach((place, cell) => {
      if (place >= 0) data[Math.floor(cell / pooledArea) * area + place] += given[cell];
    });
    return data;
  },

  pooled: {
    word: 'max',
    way: (/** @type {MaxPool2dTrace} */ { winner }) => ({
      kind: 'maximum',
      mark: winner?.windowIndex ?? -1,
      before: 'max',
      behind: '',
    }),
    share: (/** @type {MaxPool2dTrace} */ { winner }, _, { row, column }) =>
      winner?.row === row && winner.column === column ? 1 : 0,
    tex: (terms) => `\\max(${terms.join(',\\; ')})`,
    alone: () => ({ operation: 'max', settings: {} }),
  },

  /** @returns {MaxPool2dTrace} */
  trace(operands, position) {
    const found = windowAt(operands, position, -Infinity);
    const { rows, columns, window } = found;
    const width = operands.input.shape[2];
    /** @type {Winner | null} */
    let winner = null;
    window.forEach((value, windowIndex) => {
      const row = rows[Math.floor(windowIndex / columns.length)];
      const column = columns[windowIndex % columns.length];
      if (row === null || column === null) return;
      if (winner && !(value > window[winner.windowIndex]) && !Number.isNaN(value)) return;
      winner = { row, column, index: row * width + column, windowIndex };
    });
    const place = /** @type {Winner | null} */ (winner);
    return {
      kind: 'MaxPool2d',
      ...found,
      value: place ? window[place.windowIndex] : -Infinity,
      winner: place,
    };
  },
});

export const max = pooling(MOVING, MAXIMUM, {
  name: 'max',
  title: 'max pooling',
  group: { name: 'max', text: 'Max', title: 'Max pooling' },
  fields: MOVING_FIELDS,
});

/** Where the winner of every window of every map stands. @param {Operands} operands */
function winners(operands) {
  const [channels, height, width] = pooledShape(operands);
  const found = new Int32Array(channels * height * width);
  for (let channel = 0; channel < channels; channel++) {
    found.set(winnerMap(operands, channel), channel * height * width);
  }
  return found;
}

/**
 * For one channel of a max pooling of any kind, where each output value comes from: row · W + column of the
 * input map, -1 where a window sees nothing but padding. Of equal values the first wins.
 * @param {Pick<Operands, 'input' | 'axes'>} operands
 * @param {number} channel
 * @returns {Int32Array}  H_out · W_out, row-major
 */
export function winnerMap({ input, axes }, channel) {
  const [, height, width] = input.shape;
  const plane = input.data.subarray(channel * height * width);
  const [down, across] = [axes.height, axes.width].map((axis) =>
    Array.from({ length: axis.output.size }, (_, output) => axis.sources(output)),
  );
  const found = new Int32Array(down.length * across.length).fill(-1);
  for (let cell = 0; cell < found.length; cell++) {
    for (const { source: row } of down[Math.floor(cell / across.length)]) {
      if (row === null) continue;
      for (const { source: column } of across[cell % across.length]) {
        if (column === null) continue;
        const place = row * width + column;
        const best = found[cell];
        const value = plane[place];
        if (best < 0 || value > plane[best] || Number.isNaN(value)) found[cell] = place;
      }
    }
  }
  return found;
}
