// An operation on tensors of the golden numbers, done by its own object.
import { operandsOf, operationOf } from '../../../../static/js/core/operations/registry.js';

/**
 * @typedef {import('../../../../static/js/core/operations/registry.js').Task} Task
 * @typedef {import('../../../../static/js/core/operations/frames.js').Values} Values
 */

/**
 * @param {Task['operation']} operation
 * @param {Task['settings']} settings
 * @param {Values} input
 * @param {Values} [weight]
 * @param {Values | null} [bias]
 * @returns {Task}
 */
export function taskOf(operation, settings, input, weight = input, bias = null) {
  return { operation, settings, input, weight, bias: bias && bias.data };
}

/** Every output value. @param {Task} task */
export const computed = (task) => operationOf(task).compute(operandsOf(task));

/** @param {Task} task @param {Values} outputGradient */
export const gradientsOf = (task, outputGradient) =>
  operationOf(task).gradients(operandsOf(task), outputGradient);

/** What one output value is made of. @param {Task} task @param {{channel: number, row: number, column: number}} place @returns {any} */
export const traceAt = (task, place) => operationOf(task).trace(operandsOf(task), place);
