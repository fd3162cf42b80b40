// A layer with a moving window as an experiment of the Lab: one engine explains both.

/**
 * @import {Experiment, Values} from '../experiment/experiment.js'
 * @import {Tensor} from '../tensor.js'
 * @import {Given} from './registry.js'
 */

/** What a layer without weights has in their place. @type {Values} */
const NONE = { shape: [0, 0, 0, 0], data: new Float64Array(0) };

/**
 * What was made before: neither answers nor layers nor their weights ever change.
 * @type {WeakMap<Tensor, WeakMap<object, {parameters: object, experiment: Experiment}>>}
 */
const experiments = new WeakMap();
/** @type {WeakMap<Tensor, Values>} */
const doubles = new WeakMap();

/**
 * The experiment that a layer does on what it reads, in the same words and shapes; that of the same
 * input and weights is made once.
 * @param {Given} given
 * @param {Experiment['operation']} operation
 * @returns {Experiment}
 */
export function experimentOf({ layer, inputs: [input], parameters }, operation) {
  let known = experiments.get(input);
  if (!known) experiments.set(input, (known = new WeakMap()));
  const before = known.get(layer);
  if (before?.parameters === parameters) return before.experiment;
  const { weight, bias } = parameters;
  /** @type {Experiment} */
  const experiment = {
    operation,
    input: double(input),
    weight: weight ? double(weight) : NONE,
    bias: bias ? double(bias).data : null,
    settings: layer.settings,
    outputGradient: null,
  };
  known.set(layer, { parameters, experiment });
  return experiment;
}

/** A tensor in float64. @param {Tensor} tensor @returns {Values} */
function double(tensor) {
  let found = doubles.get(tensor);
  if (!found) {
    found = { shape: tensor.shape, data: Float64Array.from(tensor.data) };
    doubles.set(tensor, found);
  }
  return found;
}
