// PyTorch's own gradients beside those that are shown.
//
// gradientCheck           signal: whether they are ours; null where the API gives none
// startGradientCheck()    asks for them while the backward view of a convolution rests

import { computed, effect, signal } from '@preact/signals-core';

import { postForDoubles } from '../../api/doubles.js';
import { isRounding, largestDifference } from '../../core/take_away/check.js';
import { gradients } from '../../core/experiment/experiment.js';
import { gradientsRequestOf } from '../../core/take_away/request.js';
import { askAtRest } from './debounced_request.js';
import { experiment } from './history.js';
import { see } from './store.js';

/**
 * PyTorch's gradients, each as long as ours, where they are there.
 * @typedef {import('../../core/experiment/experiment.js').Experiment} Experiment
 * @typedef {'input' | 'weight' | 'bias'} Operand
 * @typedef {{
 *   readonly status: 'waiting' | 'equal' | 'differs' | 'unreachable',
 *   readonly largest: number | null,
 *   readonly torch: Partial<Record<Operand, Float64Array>>,
 * }} GradientCheck
 */

/** @type {readonly Operand[]} */
const OPERANDS = ['input', 'weight', 'bias'];

/** @type {GradientCheck} */
const WAITING = { status: 'waiting', largest: null, torch: {} };

/** @type {import('@preact/signals-core').Signal<GradientCheck | null>} */
export const gradientCheck = signal(null);

/** The experiment whose gradients are seen. */
const seen = computed(() => (see.value.kind === 'backward' ? experiment.value : null));

/**
 * PyTorch's gradients by every operand beside ours.
 * @param {Experiment} asked
 * @param {NonNullable<ReturnType<typeof gradientsRequestOf>>} request
 * @param {AbortSignal} overtaken
 * @returns {Promise<GradientCheck>}
 */
async function ask(asked, { path, body }, overtaken) {
  const { tensors } = await postForDoubles(path, body, { signal: overtaken });
  const ours = gradients(asked);
  /** @type {GradientCheck['torch']} */
  const torch = {};
  let largest = 0;
  let isEqual = true;
  for (const name of OPERANDS) {
    const own = ours?.[name]?.data;
    if (!own) continue;
    const theirs = tensors.get(`${name}_gradient`)?.data ?? new Float64Array(0);
    const difference = largestDifference(own, theirs);
    largest = Math.max(largest, difference);
    isEqual &&= isRounding(difference, own);
    torch[name] = theirs;
  }
  return { status: isEqual ? 'equal' : 'differs', largest, torch };
}

/**
 * Asks for PyTorch's gradients whenever those that are seen have rested.
 * @returns {() => void} stops it
 */
export function startGradientCheck() {
  return effect(() => {
    const asked = seen.value;
    const request = asked && gradientsRequestOf(asked);
    gradientCheck.value = request ? WAITING : null;
    if (!asked || !request) return;
    return askAtRest(
      (overtaken) => ask(asked, request, overtaken),
      (answer) => (gradientCheck.value = answer),
      () => (gradientCheck.value = { ...WAITING, status: 'unreachable' }),
    );
  });
}
