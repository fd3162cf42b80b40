import { batch, signal } from '@preact/signals-core';

import { BRUSH_SIZES, EMPTY, withPiece } from '../../core/drawing/strokes.js';
import { Undo } from '../undo.js';

/**
 * @import {Tool} from '../../core/drawing/strokes.js'
 * @typedef {import('../../core/drawing/strokes.js').Stroke} Stroke
 * @typedef {import('../../core/drawing/strokes.js').SampleBase} SampleBase
 * @typedef {import('../../core/drawing/strokes.js').ImageBase} ImageBase
 * @typedef {import('../../core/drawing/strokes.js').PhotoBase} PhotoBase
 * @typedef {SampleBase | ImageBase | PhotoBase} Base
 * @typedef {import('../../core/drawing/strokes.js').Drawing} Drawing
 * @typedef {{readonly tool: Tool, readonly size: number}} Brush
 *
 * @typedef {'auto' | 'always' | 'never'} Invert
 * @typedef {{readonly crop: boolean, readonly box: boolean, readonly centre: boolean,
 *   readonly invert: Invert, readonly border: boolean, readonly piece: number | null,
 *   readonly part?: import('../../core/drawing/crop.js').Crop}} Preparation
 *   border: whether lines along the edge are no ink; piece: the piece of ink read by itself; part: of a
 *   photograph, which is the largest in the middle where there is none
 *
 * @typedef {ReturnType<typeof createPaper>} Paper
 */

/** What is drawn on: the drawing and what it was before, the brush, and how it becomes the network's input. */
export function createPaper() {
  /** @type {Undo<Drawing>} */
  const drawings = new Undo(EMPTY, 200);
  /** When what is newest on the paper was done: the time of the event behind it. */
  const changed = signal({ at: 0 });
  /** Does something to the paper at a time. @param {number} at @param {() => unknown} act  false: nothing was done */
  const doAt = (at, act) =>
    batch(() => {
      if (act() !== false) changed.value = { at };
    });
  /** @type {import('@preact/signals-core').Signal<Preparation>} */
  const preparation = signal({
    crop: true,
    box: true,
    centre: true,
    invert: 'auto',
    border: true,
    piece: null,
  });
  const { present: drawing, canUndo, canRedo } = drawings;
  /**
   * Changes the drawing at a time; the piece that is read by itself is one of its own.
   * @param {number} at
   * @param {() => unknown} act
   */
  const drawAt = (at, act) =>
    doAt(at, () => {
      const isDone = act();
      const piece = drawing.peek().piece ?? null;
      if (preparation.peek().piece !== piece) preparation.value = { ...preparation.peek(), piece };
      return isDone;
    });
  return {
    drawing,
    canUndo,
    canRedo,
    changed,
    brush: signal(/** @type {Brush} */ ({ tool: 'pen', size: BRUSH_SIZES[1] })),
    /** Which steps turn the drawing into the network's input. */
    preparation,
    doAt,
    // The piece that was read by itself is one of the former ink.
    /** Shows a drawing in place of the present one, which is not remembered. @param {Drawing} next @param {number} at */
    show: (next, at) => drawAt(at, () => void (drawing.value = withPiece(next, null))),
    /** Shows a drawing; undo goes back to the former one. @param {Drawing} next @param {number} at @param {string} [key] of its kind */
    replace: (next, at, key = '') =>
      drawAt(at, () => drawings.replace(withPiece(next, null), key, at)),
    /** Has a piece of the ink read by itself, or all of it; undo goes back to what was read before. @param {number | null} piece @param {number} at */
    choosePiece: (piece, at) =>
      drawAt(at, () => drawings.replace(withPiece(drawing.value, piece), '', at)),
    /** @param {number} [at] */
    undo: (at = performance.now()) => drawAt(at, () => drawings.undo()),
    /** @param {number} [at] */
    redo: (at = performance.now()) => drawAt(at, () => drawings.redo()),
    /** Takes the newest change back as if it had never been: a touch that became a scroll. @param {number} at */
    forget: (at) => drawAt(at, () => drawings.forget()),
  };
}
