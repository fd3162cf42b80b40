// Average pooling: of each window its mean.

import { sum } from '../operands.js';
import { MOVING, MOVING_FIELDS, eachWindow, pooledShape, pooling, windowAt } from './pooling.js';

/**
 * @import {Operands} from './registry.js'
 * @import {Window} from './pooling.js'
 * @typedef {Window & {kind: 'AvgPool2d', value: number, sum: number, divisor: number}} AvgPool2dTrace
 */

/** The sum of a window over its divisor. */
export const MEAN = /** @satisfies {import('./pooling.js').Reduction} */ ({
  kept: 'mean',
  isMaximum: false,
  sign: () => '\\xrightarrow{\\text{mean}}',

  compute(operands) {
    const shape = pooledShape(operands);
    const data = new Float64Array(shape[0] * shape[1] * shape[2]);
    const divisorAt = divisors(operands);
    eachWindow(operands, ({ cell, row, column, values }) => {
      data[cell] = sum(values) / divisorAt(row, column);
    });
    return { output: { shape, data }, indices: null };
  },

  /** Every cell gets an equal share. */
  inputGradient(operands, { data: given }) {
    const data = new Float64Array(operands.input.data.length);
    const divisorAt = divisors(operands);
    eachWindow(operands, ({ cell, row, column, places }) => {
      const share = given[cell] / divisorAt(row, column);
      for (const place of places) data[place] += share;
    });
    return data;
  },

  pooled: {
    word: 'mean',
    way: (/** @type {AvgPool2dTrace} */ { sum: total, divisor }) => ({
      kind: 'mean',
      sum: total,
      divisor,
      before: 'Σ',
      behind: `÷ ${Number(divisor.toPrecision(6))}`,
    }),
    share: (/** @type {AvgPool2dTrace} */ { divisor }) => 1 / divisor,
    tex: (terms, { divisor }) => `\\tfrac{1}{${divisor}}(${terms.join(' + ')})`,
    alone: ({ divisor }) => ({ operation: 'average', settings: { divisor_override: divisor } }),
  },

  /** @returns {AvgPool2dTrace} */
  trace(operands, position) {
    const found = windowAt(operands, position, 0);
    const divisor = divisors(operands)(position.row, position.column);
    const total = sum(found.window);
    return { kind: 'AvgPool2d', ...found, value: total / divisor, sum: total, divisor };
  },
});

export const average = pooling(MOVING, MEAN, {
  name: 'average',
  title: 'average pooling',
  group: { name: 'average', text: 'Average', title: 'Average pooling' },
  fields: [...MOVING_FIELDS, 'count_include_pad', 'divisor_override'],
});

/**
 * What the sum of each window is divided by: what is given, or how many of its cells count.
 * @param {Operands} operands
 * @returns {(row: number, column: number) => number}
 */
function divisors({ settings: { divisorOverride, countIncludePad }, axes }) {
  if (divisorOverride !== null) return () => divisorOverride;
  const counted = (/** @type {import('./axis_map.js').AxisMap} */ axis) => {
    const { padding, input } = axis;
    const start = countIncludePad ? -padding.before : 0;
    const end = input.size + (countIncludePad ? padding.after : 0);
    // What ceilMode's last window sees beyond the padding never counts.
    return (/** @type {number} */ output) =>
      axis.sources(output).filter((meeting) => meeting.input >= start && meeting.input < end)
        .length;
  };
  const [down, across] = [counted(axes.height), counted(axes.width)];
  return (row, column) => down(row) * across(column);
}
