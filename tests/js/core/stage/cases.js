// Experiments whose numbers torch has written down (tests/golden), as the stage reads them.
import { EXAMPLE, gradients, outcome } from '../../../../static/js/core/experiment/experiment.js';
import { golden, tensor } from '../golden.js';

/**
 * @typedef {import('../../../../static/js/core/experiment/experiment.js').Experiment} Experiment
 * @typedef {import('../../../../static/js/core/stage/planes.js').PlanesModel} PlanesModel
 */

/** Values in float64. @param {any} nested */
export function values(nested) {
  const { shape, data } = tensor(nested);
  return { shape, data: Float64Array.from(data) };
}

/**
 * @param {any} one
 * @param {import('../../../../static/js/core/experiment/experiment.js').Operation} operation
 * @returns {Experiment}
 */
function experimentOf(one, operation) {
  return {
    operation,
    input: values(one.input),
    weight: one.weight ? values(one.weight) : EXAMPLE.weight,
    bias: one.bias ? Float64Array.from(one.bias) : null,
    settings: one.settings,
    outputGradient: one.output_gradient ? values(one.output_gradient) : null,
  };
}

/** Convolutions with torch's output. */
export const CONVOLUTIONS = golden('convolutions').map((/** @type {any} */ one) => ({
  experiment: experimentOf(one, 'conv2d'),
  output: one.output,
}));

/** Convolutions with torch's gradients. */
export const GRADIENTS = golden('gradients').map((/** @type {any} */ one) => ({
  experiment: experimentOf(one, 'conv2d'),
  input: one.input_gradient,
  weight: one.weight_gradient,
}));

/** Transposed convolutions with torch's output and gradients. */
export const TRANSPOSED = golden('transposed').map((/** @type {any} */ one) => ({
  experiment: experimentOf(one, 'conv_transpose2d'),
  output: one.output,
  input: one.input_gradient,
  weight: one.weight_gradient,
}));

/** Poolings of every kind with torch's output and gradient. */
export const POOLINGS = golden('pooling_kinds').map((/** @type {any} */ one) => ({
  experiment: experimentOf(one, one.kind),
  output: one.output,
  input: one.input_gradient,
}));

/** Every experiment of torch's. @type {Experiment[]} */
export const ALL = [...CONVOLUTIONS, ...TRANSPOSED, ...POOLINGS].map(
  ({ experiment }) => experiment,
);

/** What the stage shows of an experiment. @param {Experiment} experiment @param {Partial<PlanesModel>} [other] @returns {PlanesModel} */
export function modelOf(experiment, other = {}) {
  const found = outcome(experiment);
  if (found.kind === 'refused') throw new Error(found.sentence);
  return {
    experiment,
    outcome: found,
    gradients: other.see?.kind === 'backward' ? gradients(experiment) : null,
    see: { kind: 'forward' },
    frame: Infinity,
    filter: 0,
    spot: null,
    ...other,
  };
}

export { EXAMPLE };
