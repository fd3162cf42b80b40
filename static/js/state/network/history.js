import { batch, signal } from '@preact/signals-core';

import { EMPTY } from '../../core/drawing/strokes.js';
import { Undo } from '../undo.js';

/** @typedef {import('./drawing.js').Drawing} Drawing */

/** What is on the paper, what was, and what was undone. @type {Undo<Drawing>} */
const drawings = new Undo(EMPTY, 200);

export const { present: drawing, canUndo, canRedo } = drawings;

/** When what is newest on the paper was done: the time of the event behind it. */
export const changed = signal({ at: 0 });

/**
 * Does something to the drawing at a time.
 * @param {number} at
 * @param {() => unknown} act  false: nothing was done
 */
function doAt(at, act) {
  batch(() => {
    if (act() !== false) changed.value = { at };
  });
}

/**
 * Shows a drawing in place of the present one, which is not remembered.
 * @param {Drawing} next
 * @param {number} at
 */
export function show(next, at) {
  doAt(at, () => void (drawing.value = next));
}

/**
 * Shows a drawing; undo goes back to the former one.
 * @param {Drawing} next
 * @param {number} at
 */
export function replace(next, at) {
  doAt(at, () => drawings.replace(next, '', at));
}

/** @param {number} [at] */
export function undo(at = performance.now()) {
  doAt(at, () => drawings.undo());
}

/**
 * Takes the newest change back as if it had never been: a touch that became a scroll.
 * @param {number} at
 */
export function forget(at) {
  doAt(at, () => drawings.forget());
}

/** @param {number} [at] */
export function redo(at = performance.now()) {
  doAt(at, () => drawings.redo());
}
