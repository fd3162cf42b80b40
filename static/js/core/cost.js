// What an operation costs: its parameters as a product, its multiply-accumulates, and what a fully
// connected layer of the same shapes would cost.

import { count } from './number.js';

/**
 * `multiplyAccumulates` counts every weight once at every position, padding included, the bias not.
 * @typedef {{
 *   weight: number,
 *   bias: number,
 *   total: number,
 *   expression: string,
 *   multiplyAccumulates: number,
 * }} Cost
 */

/**
 * What a convolution costs, or a transposed one.
 * @param {readonly number[]} weightShape  four sizes
 * @param {boolean} hasBias
 * @param {number} positions  output cells of a convolution, input cells of a transposed one
 * @param {number} outChannels
 * @returns {Cost}
 */
export function convolutionCost(weightShape, hasBias, positions, outChannels) {
  const weight = weightShape.reduce((product, size) => product * size, 1);
  const [, , kernelHeight, kernelWidth] = weightShape;
  const channels = weight / (outChannels * kernelHeight * kernelWidth);
  const factors = `${channels}·${kernelHeight}·${kernelWidth}`;
  const bias = hasBias ? outChannels : 0;
  return {
    weight,
    bias,
    total: weight + bias,
    expression: hasBias ? `${outChannels}·(${factors} + 1)` : `${outChannels}·${factors}`,
    multiplyAccumulates: weight * positions,
  };
}

/**
 * What a fully connected layer from every input value to every output value costs, without a bias.
 * @param {readonly number[]} inputShape  (C, H, W)
 * @param {readonly number[]} outputShape  (C, H, W)
 * @returns {Cost}
 */
export function denseCost(inputShape, outputShape) {
  const [inputs, outputs] = [inputShape, outputShape].map((shape) =>
    shape.reduce((product, size) => product * size, 1),
  );
  const weight = inputs * outputs;
  const expression = `${count(outputs)}·${count(inputs)}`;
  return { weight, bias: 0, total: weight, expression, multiplyAccumulates: weight };
}
