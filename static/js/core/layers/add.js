import { figure } from '../rounding.js';
import { cellOf, valueAt } from './place.js';

/** @typedef {{value: number, terms: number[]}} AddTrace  one term of each input */

/** The sum of what stands at one place of each input. @type {import('./registry.js').Kind<AddTrace>} */
export const add = {
  kind: 'Add',
  sign: '+',
  trace({ inputs }, at) {
    const terms = inputs.map((read) => valueAt(read, at));
    return { value: terms.reduce((sum, term) => sum + term, 0), terms };
  },
  formula({ terms }, { channel, row, column }, { output_shape: shape }) {
    const at = shape.length === 3 ? `_{${channel}}(${row}, ${column})` : `_{${channel}}`;
    const read = terms.map((_, index) => `x^{(${index + 1})}${at}`);
    return `y${at} = ${read.join(' + ')}`;
  },
  sentence: ({ terms }, _, decimals) =>
    `the sum of ${terms.map((term) => figure(term, decimals)).join(' and ')}`,
  role: ({ inputs }) => `Adds what stands at the same place of ${inputs.join(' and ')}.`,
  reads: ({ terms }, at) => terms.map((_, input) => cellOf(input, at)),
};
