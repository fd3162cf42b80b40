// What comes of an experiment.
//
// outcome(experiment)            the output and where its size and cost come from, or the refusal
// gradients(experiment)          what reaches each input, weight and bias of the output gradient
// outputGradientOf(experiment)   the output gradient itself, ones where none is given
// traceAt(experiment, place)     what one output value is made of

import { conv2d, conv2dGradients } from '../operations/conv2d.js';
import { convolutionCost, denseCost } from '../cost.js';
import { mended } from './nearest_settings.js';
import { isMax, ofKind } from '../operations/pool_window.js';
import { pool2d, pool2dGradient } from '../operations/pooling.js';
import { isPooling } from '../operations/checks.js';
import { readSettings } from '../settings.js';
import { traceConv2d } from '../operations/trace_convolution.js';
import { traceAvgPool2d, traceLpPool2d, traceMaxPool2d } from '../operations/trace_pooling.js';
import { traceConvTranspose2d } from '../operations/trace_transposed.js';
import { convTranspose2d, convTranspose2dGradients } from '../operations/conv_transpose2d.js';
import { outputShapeOf, questionOf, refusalIn, stepsOf } from './shapes.js';

/**
 * @typedef {import('./experiment.js').Experiment} Experiment
 * @typedef {import('./experiment.js').Values} Values
 * @typedef {import('./shapes.js').Step} Step
 * @typedef {import('../cost.js').Cost} Cost
 * @typedef {import('../operands.js').Position} Position
 * @typedef {import('../settings.js').LayerSettings} LayerSettings
 *
 * @typedef {{
 *   readonly kind: 'refused',
 *   readonly field: string,
 *   readonly sentence: string,
 *   readonly mended: LayerSettings | null,
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

/** What was computed before; an experiment never changes. @type {WeakMap<Experiment, Outcome>} */
const outcomes = new WeakMap();
/** @type {WeakMap<Experiment, Gradients | null>} */
const slopes = new WeakMap();

/**
 * The output, or why there is none. Computed once for each experiment.
 * @param {Experiment} experiment
 * @returns {Outcome}
 */
export function outcome(experiment) {
  let found = outcomes.get(experiment);
  if (!found) {
    const refusal = refusalIn(experiment);
    found = refusal
      ? { kind: 'refused', ...refusal, mended: mended(questionOf(experiment)) }
      : computed(experiment);
    outcomes.set(experiment, found);
  }
  return found;
}

/**
 * @param {Experiment} experiment
 * @returns {Computed}
 */
function computed(experiment) {
  const { operation, input, weight, settings } = experiment;
  const own = readSettings(settings);
  /** @type {Values} */
  let output;
  /** @type {Int32Array | null} */
  let indices = null;
  if (operation === 'conv2d') output = conv2d(input, weight, biasOf(experiment), own);
  else if (operation === 'conv_transpose2d') {
    output = convTranspose2d(input, weight, biasOf(experiment), own);
  } else ({ output, indices } = pool2d(input, operation, own));
  return {
    kind: 'computed',
    output,
    indices,
    ...stepsOf(experiment),
    cost: costOf(experiment, output.shape),
    dense: denseCost(input.shape, output.shape),
  };
}

/**
 * Parameters and multiply-accumulates; a pooling has none.
 * @param {Experiment} experiment
 * @param {readonly number[]} outputShape
 */
function costOf({ operation, input, weight, bias }, outputShape) {
  if (isPooling(operation)) return null;
  const [, rows, columns] = operation === 'conv2d' ? outputShape : input.shape;
  return convolutionCost(weight.shape, bias !== null, rows * columns, outputShape[0]);
}

/** The bias as values with a shape. @param {Experiment} experiment */
function biasOf({ bias }) {
  return bias && { shape: [bias.length], data: bias };
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
 * @param {Experiment} experiment
 * @returns {Gradients | null}
 */
export function gradients(experiment) {
  let found = slopes.get(experiment);
  if (found === undefined) {
    const output = outputGradientOf(experiment);
    found = output && backward(experiment, output);
    slopes.set(experiment, found);
  }
  return found;
}

/**
 * @param {Experiment} experiment
 * @param {Values} output  the output gradient
 * @returns {Gradients}
 */
function backward({ operation, input, weight, bias, settings }, output) {
  const own = readSettings(settings);
  if (isPooling(operation)) {
    return {
      output,
      input: pool2dGradient(input, operation, own, output),
      weight: null,
      bias: null,
    };
  }
  const of = operation === 'conv2d' ? conv2dGradients : convTranspose2dGradients;
  const found = of(input, weight, own, output);
  return { output, ...found, bias: bias && found.bias };
}

/**
 * What one output value is made of.
 * @param {Experiment} experiment  one that is not refused
 * @param {Position} place  in the output
 */
export function traceAt(experiment, place) {
  const { operation, input, weight, settings } = experiment;
  const own = readSettings(settings);
  if (operation === 'conv2d') return traceConv2d(input, weight, biasOf(experiment), own, place);
  if (operation === 'conv_transpose2d') {
    return traceConvTranspose2d(input, weight, biasOf(experiment), own, place);
  }
  const ofItsKind = ofKind(operation, own);
  if (isMax(operation)) return traceMaxPool2d(input, ofItsKind, place);
  return operation === 'lp'
    ? traceLpPool2d(input, ofItsKind, place)
    : traceAvgPool2d(input, ofItsKind, place);
}
