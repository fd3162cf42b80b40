import { batch, computed, signal } from '@preact/signals-core';

import { EMPTY } from '../../core/drawing/strokes.js';

/**
 * What is on the paper, what was, and what was undone. Every drawing is a value that is replaced
 * whole, so the past costs no more than the strokes that differ.
 * @typedef {import('./drawing.js').Drawing} Drawing
 */

/** Drawings that undo can go back to. */
const REMEMBERED = 200;

/** @type {import('@preact/signals-core').Signal<Drawing>} */
export const drawing = signal(EMPTY);

/** When what is newest on the paper was done: the time of the event behind it. */
export const changed = signal({ at: 0 });

/** @type {import('@preact/signals-core').Signal<{past: readonly Drawing[], future: readonly Drawing[]}>} */
const history = signal({ past: [], future: [] });

export const canUndo = computed(() => history.value.past.length > 0);
export const canRedo = computed(() => history.value.future.length > 0);

/**
 * Shows a drawing in place of the present one, which is not remembered.
 * @param {Drawing} next
 * @param {number} at
 */
export function show(next, at) {
  batch(() => {
    drawing.value = next;
    changed.value = { at };
  });
}

/**
 * Shows a drawing; undo goes back to the former one.
 * @param {Drawing} next
 * @param {number} at
 */
export function replace(next, at) {
  batch(() => {
    const past = [...history.value.past, drawing.value].slice(-REMEMBERED);
    history.value = { past, future: [] };
    show(next, at);
  });
}

/**
 * Goes back to the former drawing.
 * @param {number} at
 * @param {(now: Drawing, future: readonly Drawing[]) => readonly Drawing[]} toFuture
 */
function goBack(at, toFuture) {
  const { past, future } = history.value;
  const former = past.at(-1);
  if (!former) return;
  batch(() => {
    history.value = { past: past.slice(0, -1), future: toFuture(drawing.value, future) };
    show(former, at);
  });
}

/** @param {number} [at] */
export function undo(at = performance.now()) {
  goBack(at, (now, future) => [now, ...future]);
}

/**
 * Takes the newest change back as if it had never been: a touch that became a scroll.
 * @param {number} at
 */
export function forget(at) {
  goBack(at, (_, future) => future);
}

/** @param {number} [at] */
export function redo(at = performance.now()) {
  const { past, future } = history.value;
  const next = future[0];
  if (!next) return;
  batch(() => {
    history.value = { past: [...past, drawing.value], future: future.slice(1) };
    show(next, at);
  });
}
