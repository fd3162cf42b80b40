import { figure } from '../rounding.js';
import { cellOf, valueAt } from './place.js';

/** @typedef {{value: number, input: number}} ReLUTrace  NaN stays NaN */

/** What is positive stays, everything else becomes zero. @type {import('./registry.js').Kind<ReLUTrace>} */
export const relu = {
  kind: 'ReLU',
  trace({ inputs: [read] }, at) {
    const input = valueAt(read, at);
    return { value: input <= 0 ? 0 : input, input };
  },
  formula: (_, { channel }, { output_shape: shape }) =>
    shape.length === 3 ? 'y = \\max(0, x)' : `y_{${channel}} = \\max(0, x_{${channel}})`,
  sentence: ({ input }, _, decimals) => `of ${figure(input, decimals)}`,
  role: () => 'Keeps what is positive and makes everything else zero, value by value.',
  reads: (_, at) => [cellOf(0, at)],
  activation: (value) => `max(0, ${value})`,
};
