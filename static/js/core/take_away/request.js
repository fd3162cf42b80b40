// What the API is asked for the output of an experiment, or for its gradients.

import { operationOf } from '../operations/registry.js';
import { outputGradientOf } from '../experiment/outcome.js';

/** @import {Experiment} from '../experiment/experiment.js' */

/** @typedef {number[] | NumberArrays[]} NumberArrays */

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
export function requestOf(experiment) {
  const { operation, input, weight, bias, settings } = experiment;
  const { path, fields, hasWeight } = operationOf(experiment);
  const named = Object.fromEntries(
    // A weight says the size of its kernels itself.
    fields
      .filter((name) => name in settings && !(hasWeight && name === 'kernel_size'))
      .map((name) => [name, settings[name]]),
  );
  const operands = hasWeight
    ? { weight: nested(weight.shape, weight.data), bias: bias && Array.from(bias) }
    : { kind: operation };
  const body = { input: nested(input.shape, input.data), ...operands, ...named };
  return { path, body: { ...body, dtype: 'float64' } };
}

/**
 * The path and the body of a request for the gradients of an experiment; null where there are none.
 * @param {Experiment} experiment
 * @returns {{path: string, body: Record<string, unknown>} | null}
 */
export function gradientsRequestOf(experiment) {
  const given = outputGradientOf(experiment);
  if (!given) return null;
  const { path, body } = requestOf(experiment);
  const output_gradient = nested(given.shape, given.data);
  return { path: `${path}/gradients`, body: { ...body, output_gradient } };
}
