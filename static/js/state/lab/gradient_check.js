// PyTorch's own gradients beside those that are shown.

import { computed, effect } from '@preact/signals-core';

import { postForDoubles } from '../../api/doubles.js';
import { isRounding, largestDifference } from '../../core/take_away/check.js';
import { gradients } from '../../core/experiment/experiment.js';
import { gradientsRequestOf } from '../../core/take_away/request.js';
import { askAtRest } from './debounced_request.js';

/** @import {Experiment} from '../../core/experiment/experiment.js' */

/**
 * PyTorch's gradients, each as long as ours, where they are there.
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
 * @param {import('./store.js').LabState} lab
 * @returns {() => void} stops it
 */
export function startGradientCheck(lab) {
  // What is asked about: the experiment whose gradients are seen.
  const seen = computed(() => (lab.see.value.kind === 'backward' ? lab.experiment.value : null));
  return effect(() => {
    const asked = seen.value;
    const request = asked && gradientsRequestOf(asked);
    lab.gradientCheck.value = request ? WAITING : null;
    if (!asked || !request) return;
    return askAtRest(
      (overtaken) => ask(asked, request, overtaken),
      (answer) => (lab.gradientCheck.value = answer),
      () => (lab.gradientCheck.value = { ...WAITING, status: 'unreachable' }),
    );
  });
}
