// The experiment and what was before it. Every experiment is a value replaced whole, so the past costs
// no more than what differs.
//
// experiment, canUndo, canRedo    signals
// replace(next, key?, at?)        the one way to change it; changes of one kind in a row are one step
// forgetKey()                     what comes next is a step of its own
// undo(), redo()

import { batch, computed, signal } from '@preact/signals-core';

import { EXAMPLE } from '../../core/experiment/experiment.js';

/** @typedef {import('../../core/experiment/experiment.js').Experiment} Experiment */

/** Experiments that undo can go back to. */
const REMEMBERED = 100;
/** Changes of one kind that follow within this time are one step. */
const TOGETHER_MS = 1000;
/** What kinds begin with whose changes are one step however long they take, until the key is forgotten. */
export const STROKE = 'stroke ';

/** @type {import('@preact/signals-core').Signal<Experiment>} */
export const experiment = signal(EXAMPLE);

/** @type {import('@preact/signals-core').Signal<{past: readonly Experiment[], future: readonly Experiment[]}>} */
const kept = signal({ past: [], future: [] });

export const canUndo = computed(() => kept.value.past.length > 0);
export const canRedo = computed(() => kept.value.future.length > 0);

/** The newest change: of which kind, and when. */
let newest = { key: '', at: -Infinity };

/**
 * Puts an experiment in the place of the present one.
 * @param {Experiment} next
 * @param {string} [key]  of what kind the change is; '' is never one with the change before
 * @param {number} [at]  the time of the event
 */
export function replace(next, key = '', at = performance.now()) {
  if (next === experiment.value) return;
  const isSoon = at - newest.at < TOGETHER_MS || key.startsWith(STROKE);
  const isOne = key !== '' && key === newest.key && isSoon;
  newest = { key, at };
  batch(() => {
    const { past } = kept.value;
    const longer = isOne && past.length > 0 ? past : [...past, experiment.value].slice(-REMEMBERED);
    kept.value = { past: longer, future: [] };
    experiment.value = next;
  });
}

/** Lets the next change be a step of its own. */
export function forgetKey() {
  newest = { key: '', at: -Infinity };
}

/**
 * Shows an experiment that nothing was before: what a link opens.
 * @param {Experiment} next
 */
export function begin(next) {
  forgetKey();
  batch(() => {
    kept.value = { past: [], future: [] };
    experiment.value = next;
  });
}

/** Goes back to the former experiment. */
export function undo() {
  const { past, future } = kept.value;
  const former = past.at(-1);
  if (!former) return;
  forgetKey();
  batch(() => {
    kept.value = { past: past.slice(0, -1), future: [experiment.value, ...future] };
    experiment.value = former;
  });
}

/** Takes the newest undo back. */
export function redo() {
  const { past, future } = kept.value;
  const next = future[0];
  if (!next) return;
  forgetKey();
  batch(() => {
    kept.value = { past: [...past, experiment.value], future: future.slice(1) };
    experiment.value = next;
  });
}
