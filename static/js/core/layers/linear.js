import { counted } from '../number.js';
import { sum } from '../operands.js';
import { figure } from '../rounding.js';
import { unitRow } from './unit_parameters.js';

/**
 * @typedef {{
 *   value: number,
 *   input: Float64Array,
 *   weight: Float64Array,
 *   products: Float64Array,
 *   sum: number,
 *   bias: number,
 * }} LinearTrace
 * @typedef {{index: number, input: number, weight: number, product: number}} Contribution
 */

/** Every input times its weight, in float64, plus the bias. @type {import('./registry.js').Kind<LinearTrace>} */
export const linear = {
  kind: 'Linear',
  hasParameters: true,
  trace({ inputs: [read], parameters }, { channel }) {
    const weight = /** @type {import('../tensor.js').Tensor} */ (parameters.weight);
    const input = Float64Array.from(read.data);
    const row = Float64Array.from(unitRow(weight, channel));
    const products = input.map((value, index) => value * row[index]);
    const total = sum(products);
    const bias = parameters.bias ? unitRow(parameters.bias, channel)[0] : 0;
    return { value: total + bias, input, weight: row, products, sum: total, bias };
  },
  formula: (_, { channel }, { input_shape: [inputs] }) =>
    `z_{${channel}} = \\sum_{i=0}^{${inputs - 1}} w_{${channel},i}\\, x_i + b_{${channel}}`,
  sentence({ products, sum: total, bias }, _, decimals) {
    const [all, offset] = [figure(total, decimals), figure(bias, decimals)];
    return `${counted(products.length, 'product')} ${all} and bias ${offset}`;
  },
  role({ input_shape: [inputs], output_shape: [units] }) {
    const which = units === 1 ? 'The unit' : `Each of the ${units} units`;
    return inputs === 1
      ? `${which} weighs the value and adds its bias.`
      : `${which} weighs all ${inputs} values, adds them and its bias.`;
  },
  factors: ({ input_shape: [inputs], output_shape: [units] }) => [units, inputs],
};

/**
 * The products that matter most, largest amount first, of equals the earlier one.
 * @param {LinearTrace} trace
 * @param {number} most  at most so many
 * @returns {Contribution[]}
 */
export function largestContributions({ input, weight, products }, most) {
  const amounts = products.map(Math.abs);
  const order = Array.from(amounts.keys()).sort((a, b) => amounts[b] - amounts[a] || a - b);
  return order.slice(0, most).map((index) => ({
    index,
    input: input[index],
    weight: weight[index],
    product: products[index],
  }));
}
