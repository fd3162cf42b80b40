// The tensors of an experiment by the names they have in texts, files and answers.

import { jsonRows } from './curl.js';
import { operationOf } from '../operations/registry.js';
import { nested } from './request.js';

/**
 * @import {Experiment, Values} from '../experiment/experiment.js'
 * @import {Gradients, Outcome} from '../experiment/outcome.js'
 */

/**
 * Every tensor, under PyTorch's name, the gradients first. Indices count along the rows of one map.
 * @param {Experiment} experiment
 * @param {Outcome} outcome
 * @param {Gradients | null} [gradients]  where they are shown
 * @returns {Record<string, Values>}
 */
export function tensorsOf(experiment, outcome, gradients = null) {
  const { input, weight, bias } = experiment;
  /** @type {Record<string, Values>} */
  const found = {};
  for (const of of /** @type {const} */ (['input', 'weight', 'bias', 'output'])) {
    const values = gradients?.[of];
    if (values) found[`${of}_gradient`] = values;
  }
  if (outcome.kind === 'computed') {
    found.output = outcome.output;
    if (outcome.indices) {
      found.indices = { shape: outcome.output.shape, data: Float64Array.from(outcome.indices) };
    }
  }
  found.input = input;
  if (operationOf(experiment).hasWeight) {
    found.weight = weight;
    if (bias) found.bias = { shape: [bias.length], data: bias };
  }
  return found;
}

/** A tensor's name as a person says it. @param {string} name */
export const titleOf = (name) => name.replace(/^(\w+)_gradient$/, 'gradient of $1');

/** A tensor as the API writes it, a row of numbers a line. @param {Values} values */
export function jsonOf({ shape, data }) {
  return `${jsonRows({ shape, dtype: 'float64', data: nested(shape, data) })}\n`;
}

/** The tensors that a program reads from files beside it. @param {string | null} text */
export function filesOf(text) {
  return [...(text ?? '').matchAll(/load\("(\w+)\.npy"\)/g)].map(([, name]) => name);
}
