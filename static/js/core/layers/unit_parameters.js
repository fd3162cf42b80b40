// What a dense layer learned: of a wide one, whose weights are hundreds of megabytes, a unit at a time.

/**
 * @import {Tensor} from '../tensor.js'
 * @import {Parameters} from './registry.js'
 */

/** More weights than these travel a unit at a time. */
const MOST_WEIGHTS = 1_000_000;

/**
 * Whether a layer's weights are fetched a unit at a time.
 * @param {{readonly output_shape: readonly number[], readonly parameters: {readonly total: number}}} layer
 */
export const isWide = ({ output_shape: shape, parameters }) =>
  shape.length === 1 && parameters.total > MOST_WEIGHTS;

/** Under what a unit's own weights are kept. @param {string} layer @param {number} unit */
export const unitKey = (layer, unit) => `${layer} ${unit}`;

/**
 * What is known of a layer's weights, or of those of one unit of it.
 * @param {ReadonlyMap<string, Parameters>} weights  by layer, or by layer and unit
 * @param {string} layer
 * @param {number} unit
 * @returns {Parameters | undefined}
 */
export const parametersOf = (weights, layer, unit) =>
  weights.get(layer) ?? weights.get(unitKey(layer, unit));

/**
 * What one unit has of a layer's tensor, which holds those of all units or of this one alone.
 * @param {Tensor} tensor  (units, …)
 * @param {number} unit
 */
export function unitRow({ shape: [units], data }, unit) {
  const size = data.length / units;
  const at = units === 1 ? 0 : unit;
  return data.subarray(at * size, (at + 1) * size);
}
