// What the API is asked for the output of an experiment, or for its gradients.
//
// requestOf(experiment)            {path, body}: POST the body as JSON to the path below /api/v1
// gradientsRequestOf(experiment)   the same for the gradients; null where the API gives none
// nested(shape, data)              values as nested arrays

import { isPooling } from '../operations/checks.js';
import { outputGradientOf } from '../experiment/outcome.js';

/**
 * @typedef {import('../experiment/experiment.js').Experiment} Experiment
 * @typedef {import('../experiment/experiment.js').Operation} Operation
 * @typedef {import('../settings.js').LayerSettings} LayerSettings
 * @typedef {keyof LayerSettings} Name
 * @typedef {number[] | NumberArrays[]} NumberArrays
 */

/** @type {readonly Name[]} */
const WINDOW = ['stride', 'padding', 'dilation'];
/** @type {readonly Name[]} */
const MOVING = ['kernel_size', ...WINDOW, 'ceil_mode'];

/** The settings that the API takes with each operation. @type {Record<Operation, readonly Name[]>} */
const NAMES = {
  conv2d: [...WINDOW, 'padding_mode', 'groups', 'flip_kernel'],
  conv_transpose2d: [...WINDOW, 'output_padding', 'groups', 'flip_kernel'],
  max: MOVING,
  average: [...MOVING, 'count_include_pad', 'divisor_override'],
  lp: [...MOVING, 'norm_type'],
  adaptive_max: ['output_size'],
  adaptive_average: ['output_size'],
  global_max: [],
  global_average: [],
};

/**
 * Row-major values as nested arrays.
 * @param {readonly number[]} shape
 * @param {Float64Array} data
 * @returns {NumberArrays}
 */
export function nested([size, ...inner], data) {
  if (inner.length === 0) return Array.from(data);
  const each = data.length / size;
  return Array.from({ length: size }, (_, index) =>
    nested(inner, data.subarray(index * each, (index + 1) * each)),
  );
}

/**
 * The path and the body of a request for the output of an experiment, in float64.
 * @param {Experiment} experiment
 * @returns {{path: string, body: Record<string, unknown>}}
 */
export function requestOf({ operation, input, weight, bias, settings }) {
  const named = Object.fromEntries(
    NAMES[operation].flatMap((name) => (name in settings ? [[name, settings[name]]] : [])),
  );
  const operand = { input: nested(input.shape, input.data) };
  if (isPooling(operation)) {
    return {
      path: '/pool2d',
      body: { ...operand, kind: operation, ...named, dtype: 'float64' },
    };
  }
  return {
    path: `/${operation}`,
    body: {
      ...operand,
      weight: nested(weight.shape, weight.data),
      bias: bias && Array.from(bias),
      ...named,
      dtype: 'float64',
    },
  };
}

/**
 * The path and the body of a request for the gradients of an experiment; null where there are none,
 * or where the API gives none: it does for convolutions.
 * @param {Experiment} experiment
 * @returns {{path: string, body: Record<string, unknown>} | null}
 */
export function gradientsRequestOf(experiment) {
  const given = experiment.operation === 'conv2d' ? outputGradientOf(experiment) : null;
  if (!given) return null;
  const { path, body } = requestOf(experiment);
  const output_gradient = nested(given.shape, given.data);
  return { path: `${path}/gradients`, body: { ...body, output_gradient } };
}
