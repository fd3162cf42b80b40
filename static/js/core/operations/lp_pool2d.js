// Lp pooling: of each window its norm.

import { sum } from '../operands.js';
import { MOVING, MOVING_FIELDS, eachWindow, pooledShape, pooling, windowAt } from './pooling.js';

/**
 * Powers are |x|^p, 0 in padding.
 * @typedef {import('./pooling.js').Window & {kind: 'LPPool2d', value: number, powers: Float64Array,
 *   sum: number, normType: number}} LPPool2dTrace
 */

/** The norm_type up to which windows are scaled by a power of two, which rounds nothing. */
const EXACT_UP_TO = 64;

/** How the sums of some powers are written. @type {Record<number, string>} */
const POWERS = { 1: 'Σ |x|', 2: '√ Σ x²' };

/** The p-th root of the sum of |x|^p. */
const NORM = /** @satisfies {import('./pooling.js').Reduction} */ ({
  kept: 'norm',
  isMaximum: false,
  sign: () => '\\xrightarrow{\\ell^p}',

  compute(operands) {
    const shape = pooledShape(operands);
    const data = new Float64Array(shape[0] * shape[1] * shape[2]);
    eachWindow(operands, ({ cell, values }) => {
      data[cell] = norm(values, operands.settings.normType);
    });
    return { output: { shape, data }, indices: null };
  },

  inputGradient(operands, { data: given }) {
    const { input, settings } = operands;
    const data = new Float64Array(input.data.length);
    eachWindow(operands, ({ cell, places, values }) => {
      const whole = norm(values, settings.normType);
      places.forEach((place, index) => {
        const value = values[index];
        if (value !== 0) data[place] += given[cell] * slope(value, whole, settings.normType);
      });
    });
    return data;
  },

  pooled: {
    word: 'norm',
    way: (/** @type {LPPool2dTrace} */ { sum: total, normType }) => ({
      kind: 'norm',
      sum: total,
      normType,
      before: POWERS[normType] ?? `(Σ |x|^${normType})`,
      behind: normType > 2 ? `^ 1/${normType}` : '',
    }),
    share: (/** @type {LPPool2dTrace} */ { value: whole, normType }, value) =>
      value === 0 ? 0 : slope(value, whole, normType),
    tex: (terms, { normType }) =>
      `\\Big(${terms.map((term) => `|${term}|^{${normType}}`).join(' + ')}\\Big)^{1/${normType}}`,
    alone: ({ normType }) => ({ operation: 'lp', settings: { norm_type: normType } }),
  },

  /** @returns {LPPool2dTrace} */
  trace(operands, position) {
    const found = windowAt(operands, position, 0);
    const { normType } = operands.settings;
    const powers = found.window.map((value) => Math.abs(value) ** normType);
    const value = norm(found.window, normType);
    return { kind: 'LPPool2d', ...found, value, powers, sum: sum(powers), normType };
  },
});

export const lp = pooling(MOVING, NORM, {
  name: 'lp',
  title: 'Lp pooling',
  group: { name: 'lp', text: 'Lp', title: 'Lp pooling' },
  fields: [...MOVING_FIELDS, 'norm_type'],
});

/**
 * How the norm changes with one of its values that is not 0: sign(x) · (|x| / norm)^(p − 1).
 * @param {number} value
 * @param {number} whole
 * @param {number} normType
 */
function slope(value, whole, normType) {
  return Math.sign(value) * (Math.abs(value) / whole) ** (normType - 1);
}

/**
 * The p-norm of some values. Each is divided by the largest first, so that no power overflows or
 * vanishes.
 * @param {Float64Array} values
 * @param {number} normType
 */
export function norm(values, normType) {
  let largest = 0;
  for (let index = 0; index < values.length; index++) {
    largest = Math.max(largest, Math.abs(values[index]));
  }
  const helps = largest > 0 && largest < Infinity;
  const exact = normType <= EXACT_UP_TO ? 2 ** Math.floor(Math.log2(largest)) : largest;
  const scale = helps ? exact : 1;
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    total += (Math.abs(values[index]) / scale) ** normType;
  }
  return scale * total ** (1 / normType);
}
