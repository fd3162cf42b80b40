import { figure } from '../rounding.js';
import { cellOf, valueAt } from './place.js';

/** @typedef {{value: number, input: number}} TanhTrace */

/** Every value is bent into the range from −1 to 1. @type {import('./registry.js').Kind<TanhTrace>} */
export const tanh = {
  kind: 'Tanh',
  trace({ inputs: [read] }, at) {
    const input = valueAt(read, at);
    return { value: Math.tanh(input), input };
  },
  formula: (_, { channel }, { output_shape: shape }) =>
    shape.length === 3 ? 'y = \\tanh(x)' : `y_{${channel}} = \\tanh(x_{${channel}})`,
  sentence: ({ input }, _, decimals) => `of ${figure(input, decimals)}`,
  role: () =>
    'Bends every value into the range from −1 to 1, value by value; near 0 it changes little.',
  reads: (_, at) => [cellOf(0, at)],
  activation: (value) => `tanh(${value})`,
};
