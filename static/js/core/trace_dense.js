// What one value of a layer without a moving window is made of, in float64.
//
// traceReLU(input, position)                      the number that came in, or 0
// flattenSource(shape, index)                     the channel, row and column of a flattened value
// traceFlatten(input, index)                      that place and its number
// traceLinear(input, weight, bias, channel)       every product, their sum, the bias
// largestContributions(trace, count)              the products that matter most
// traceSoftmax(logits, channel)                   exponentials of logits − maximum, and their sum

import { flattenSource } from './flatten.js';
import { sum } from './operands.js';

/**
 * @typedef {import('./tensor.js').Tensor} Tensor
 * @typedef {import('./operands.js').Position} Position
 *
 * @typedef {{kind: 'ReLU', value: number, input: number}} ReLUTrace
 * @typedef {{kind: 'Flatten', value: number, source: Position, index: number}} FlattenTrace
 * @typedef {{
 *   kind: 'Linear',
 *   value: number,
 *   input: Float64Array,
 *   weight: Float64Array,
 *   products: Float64Array,
 *   sum: number,
 *   bias: number,
 * }} LinearTrace
 * @typedef {{index: number, input: number, weight: number, product: number}} Contribution
 *
 * @typedef {{
 *   kind: 'Softmax',
 *   value: number,
 *   logits: Float64Array,
 *   maximum: number,
 *   exponentials: Float64Array,
 *   sum: number,
 * }} SoftmaxTrace
 */

/**
 * What one value of a ReLU is made of: max(0, the value at the same position). NaN stays NaN.
 * @param {Tensor} input  (C, H, W) or (C)
 * @param {Position} position  of a vector only the channel is read
 * @returns {ReLUTrace}
 */
export function traceReLU(input, { channel, row, column }) {
  const [, height = 1, width = 1] = input.shape;
  const index = input.shape.length === 1 ? channel : (channel * height + row) * width + column;
  const number = input.data[index];
  return { kind: 'ReLU', value: number <= 0 ? 0 : number, input: number };
}

/**
 * What one flattened value is: the same number, from its place in the maps.
 * @param {Tensor} input  (C, H, W)
 * @param {number} index
 * @returns {FlattenTrace}
 */
export function traceFlatten(input, index) {
  const source = flattenSource(input.shape, index);
  return { kind: 'Flatten', value: input.data[index], source, index };
}

/**
 * What one unit of a dense layer is made of: input times weight over every input, plus the bias.
 * @param {Tensor} input  (in_features)
 * @param {Tensor} weight  (out_features, in_features)
 * @param {Tensor | null} bias  (out_features)
 * @param {number} channel  the unit
 * @returns {LinearTrace}
 */
export function traceLinear(input, weight, bias, channel) {
  const size = weight.shape[1];
  const values = Float64Array.from(input.data);
  const row = Float64Array.from(weight.data.subarray(channel * size, (channel + 1) * size));
  const products = values.map((value, index) => value * row[index]);
  const total = sum(products);
  const offset = bias === null ? 0 : bias.data[channel];
  return {
    kind: 'Linear',
    value: total + offset,
    input: values,
    weight: row,
    products,
    sum: total,
    bias: offset,
  };
}

/**
 * The products that matter most, largest amount first, of equals the earlier one.
 * @param {LinearTrace} trace
 * @param {number} count  at most so many
 * @returns {Contribution[]}
 */
export function largestContributions({ input, weight, products }, count) {
  const amounts = products.map(Math.abs);
  const order = Array.from(amounts.keys()).sort((a, b) => amounts[b] - amounts[a] || a - b);
  return order.slice(0, count).map((index) => ({
    index,
    input: input[index],
    weight: weight[index],
    product: products[index],
  }));
}

/**
 * What one probability is made of: its exponential over the sum of all. The maximum is subtracted
 * first, which changes no probability and lets no exponential overflow.
 * @param {Tensor} logits  (K)
 * @param {number} channel  the class
 * @returns {SoftmaxTrace}
 */
export function traceSoftmax({ data }, channel) {
  const logits = Float64Array.from(data);
  const maximum = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const exponentials = logits.map((logit) => Math.exp(logit - maximum));
  const total = sum(exponentials);
  return {
    kind: 'Softmax',
    value: exponentials[channel] / total,
    logits,
    maximum,
    exponentials,
    sum: total,
  };
}
