import { sum } from '../operands.js';
import { figure } from '../rounding.js';

/**
 * @typedef {{
 *   value: number,
 *   logits: Float64Array,
 *   maximum: number,
 *   exponentials: Float64Array,
 *   sum: number,
 * }} SoftmaxTrace
 */

/**
 * An exponential over the sum of all. The maximum is subtracted first, which changes no probability
 * and lets no exponential overflow.
 * @type {import('./registry.js').Kind<SoftmaxTrace>}
 */
export const softmax = {
  kind: 'Softmax',
  trace({ inputs: [read] }, { channel }) {
    const logits = Float64Array.from(read.data);
    const maximum = logits.reduce((a, b) => Math.max(a, b), -Infinity);
    const exponentials = logits.map((logit) => Math.exp(logit - maximum));
    const total = sum(exponentials);
    return { value: exponentials[channel] / total, logits, maximum, exponentials, sum: total };
  },
  formula(_, { channel }, { input_shape: [inputs] }) {
    const all = `\\sum_{j=0}^{${inputs - 1}}`;
    return (
      `p_{${channel}} = \\frac{e^{z_{${channel}}}}{${all} e^{z_j}} = ` +
      `\\frac{e^{z_{${channel}} - m}}{${all} e^{z_j - m}},\\quad m = \\max_j z_j`
    );
  },
  sentence: ({ logits }, { channel }) => `of logit ${figure(logits[channel], 4)}`,
  role: ({ input_shape: [inputs] }) =>
    `Turns ${inputs} logits into probabilities: exponentials, divided by their sum.`,
};
