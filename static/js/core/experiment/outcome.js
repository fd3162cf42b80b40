// What comes of an experiment.

import { convolutionCost, denseCost } from '../cost.js';
import { once } from '../once.js';
import { axesOf, operandsOf, operationOf } from '../operations/registry.js';
import { nearestSettings } from './nearest_settings.js';
import { outputShapeOf, questionOf, refusalIn } from './shapes.js';

/**
 * @import {Cost} from '../cost.js'
 * @import {Position} from '../operands.js'
 * @import {LayerSettings} from '../settings.js'
 * @import {Experiment, Values} from './experiment.js'
 * @import {Step} from './shapes.js'
 * @typedef {{
 *   readonly kind: 'refused',
 *   readonly field: string,
 *   readonly sentence: string,
 *   readonly nearest: LayerSettings | null,
 * }} Refused
 * @typedef {{
 *   readonly kind: 'computed',
 *   readonly output: Values,
 *   readonly indices: Int32Array | null,
 *   readonly height: Step,
 *   readonly width: Step,
 *   readonly cost: Cost | null,
 *   readonly dense: Cost,
 * }} Computed
 * @typedef {Refused | Computed} Outcome
 * @typedef {{
 *   readonly output: Values,
 *   readonly input: Values,
 *   readonly weight: Values | null,
 *   readonly bias: Values | null,
 * }} Gradients
 */

/**
 * The output, or why there is none. Computed once for each experiment.
 * @type {(experiment: Experiment) => Outcome}
 */
export const outcome = once((experiment) => {
  const refusal = refusalIn(experiment);
  return refusal
    ? { kind: 'refused', ...refusal, nearest: nearestSettings(questionOf(experiment)) }
    : computed(experiment);
});

/** @param {Experiment} experiment @returns {Computed} */
function computed(experiment) {
  const { output, indices } = operationOf(experiment).compute(operandsOf(experiment));
  const { height, width } = axesOf(experiment);
  return {
    kind: 'computed',
    output,
    indices,
    height: height.step,
    width: width.step,
    cost: costOf(experiment, output.shape),
    dense: denseCost(experiment.input.shape, output.shape),
  };
}

/**
 * Parameters and multiply-accumulates; null of what has no weight.
 * @param {Experiment} experiment
 * @param {readonly number[]} outputShape
 */
export function costOf(experiment, outputShape) {
  const { hasWeight, isTransposed } = operationOf(experiment);
  if (!hasWeight) return null;
  const { input, weight, bias } = experiment;
  const [, rows, columns] = isTransposed ? input.shape : outputShape;
  return convolutionCost(weight.shape, bias !== null, rows * columns, outputShape[0]);
}

/**
 * How much each output value matters: what is given, or 1 each; null where there is no output.
 * @param {Experiment} experiment
 * @returns {Values | null}
 */
export function outputGradientOf(experiment) {
  const shape = outputShapeOf(experiment);
  if (!shape) return null;
  const { outputGradient } = experiment;
  return (
    outputGradient ?? { shape, data: new Float64Array(shape[0] * shape[1] * shape[2]).fill(1) }
  );
}

/**
 * How the sum of output times output gradient changes with each input, weight and bias; null where
 * there is no output. Computed once for each experiment, when asked for.
 * @type {(experiment: Experiment) => Gradients | null}
 */
export const gradients = once((experiment) => {
  const output = outputGradientOf(experiment);
  return output && backward(experiment, output);
});

/** @param {Experiment} experiment @param {Values} output  the output gradient @returns {Gradients} */
function backward(experiment, output) {
  const found = operationOf(experiment).gradients(operandsOf(experiment), output);
  return { output, ...found, bias: experiment.bias && found.bias };
}

/**
 * What one output value is made of.
 * @param {Experiment} experiment  one that is not refused
 * @param {Position} place  in the output
 */
export function traceAt(experiment, place) {
  return operationOf(experiment).trace(operandsOf(experiment), place);
}
