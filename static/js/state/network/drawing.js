import { signal } from '@preact/signals-core';

import {
  BRUSH_SIZES,
  EMPTY,
  encodeDrawing,
  extendPoints,
  isEmpty,
} from '../../core/drawing/strokes.js';
import { canUndo, drawing, forget, replace, show } from './history.js';
import { getSample } from '../samples.js';

export { canRedo, canUndo, changed, drawing, redo, undo } from './history.js';
export { preparation, setPreparation } from './preparation.js';
export { requestBody } from './request.js';

/**
 * @typedef {import('../../core/drawing/strokes.js').Tool} Tool
 * @typedef {import('../../core/drawing/strokes.js').Point} Point
 * @typedef {import('../../core/drawing/strokes.js').Stroke} Stroke
 * @typedef {import('../../core/drawing/strokes.js').SampleBase} SampleBase
 * @typedef {import('../../core/drawing/strokes.js').ImageBase} ImageBase
 * @typedef {SampleBase | ImageBase} Base
 * @typedef {{readonly base: Base | null, readonly strokes: readonly Stroke[]}} Drawing
 * @typedef {{readonly tool: Tool, readonly size: number}} Brush
 */

/** @type {import('@preact/signals-core').Signal<Brush>} */
export const brush = signal({ tool: 'pen', size: BRUSH_SIZES[1] });

/** The stroke under the pen. Undo, clear or a sample in mid-stroke leaves nothing to go on with.
 * @type {Stroke | undefined} */
let open;

/** @returns {Stroke | undefined} */
const openStroke = () => (drawing.value.strokes.at(-1) === open ? open : undefined);

/**
 * Puts the pen (or the eraser) down.
 * @param {Point} point
 * @param {number} [at]  time of the event
 * @param {Tool} [tool]  another than the brush's, such as the eraser end of a pen
 */
export function beginStroke(point, at = performance.now(), tool = brush.value.tool) {
  const { base, strokes } = drawing.value;
  const isOnExample = base?.kind === 'sample' && base.isExample && strokes.length === 0;
  open = { tool, size: brush.value.size, points: [point] };
  replace({ base: isOnExample && tool === 'pen' ? null : base, strokes: [...strokes, open] }, at);
}

/**
 * Leads the stroke under the pen on.
 * @param {readonly Point[]} further
 * @param {number} [at]
 */
export function extendStroke(further, at = performance.now()) {
  const stroke = openStroke();
  if (!stroke) return;
  const points = extendPoints(stroke.points, further);
  if (points === stroke.points) return;
  const { base, strokes } = drawing.value;
  open = { ...stroke, points };
  show({ base, strokes: [...strokes.slice(0, -1), open] }, at);
}

/**
 * Lifts the pen at a point.
 * @param {readonly Point[]} [last]
 * @param {number} [at]
 */
export function endStroke(last = [], at = performance.now()) {
  extendStroke(last, at);
  open = undefined;
}

/**
 * Takes the newest stroke back as if it had never begun: the touch became a scroll.
 * @param {number} [at]
 */
export function cancelStroke(at = performance.now()) {
  if (openStroke()) forget(at);
  open = undefined;
}

/**
 * Empties the paper; undo brings it back.
 * @param {number} [at]
 */
export function clear(at = performance.now()) {
  if (!isEmpty(drawing.value)) replace(EMPTY, at);
}

/**
 * Lays a sample on the paper, without strokes.
 * @param {Omit<SampleBase, 'kind'>} sample
 * @param {number} [at]
 */
export function setSample({ name, label, pixels }, at = performance.now()) {
  const { base, strokes } = drawing.value;
  const isThere = base?.kind === 'sample' && base.name === name && !base.isExample;
  if (!isThere || strokes.length > 0)
    replace({ base: { kind: 'sample', name, label, pixels }, strokes: [] }, at);
}

/**
 * Lays a sample on a fresh page's paper: there is nothing to undo, and whoever begins to draw draws
 * on an empty paper; the eraser works on it.
 * @param {Omit<SampleBase, 'kind'>} sample
 * @param {number} [at]
 */
export function showExample({ name, label, pixels }, at = performance.now()) {
  show({ base: { kind: 'sample', name, label, pixels, isExample: true }, strokes: [] }, at);
}

/**
 * Lays an image on the paper; what was drawn while it was on its way lies upon it, and undo takes
 * that off first.
 * @param {Omit<ImageBase, 'kind'>} image
 * @param {number} [at]
 * @param {Drawing} [since]  what was on the paper when the image was chosen, which gives way to it
 */
export function setImage(image, at = performance.now(), since = drawing.value) {
  const strokes = drawing.value.strokes.filter((stroke) => !since.strokes.includes(stroke));
  /** @type {ImageBase} */
  const base = { ...image, kind: 'image' };
  replace({ base, strokes: [] }, at);
  if (strokes.length > 0) replace({ base, strokes }, at);
}

/** @param {Partial<Brush>} change */
export function setBrush(change) {
  brush.value = { ...brush.value, ...change };
}

/**
 * Shows a drawing that a link or the browser's history names; a sample's pixels are fetched first,
 * an image's made of its code.
 * @param {Drawing} next
 * @returns {Promise<void>} rejects where the sample cannot be had, or the image not be read
 */
export async function restore(next) {
  if (encodeDrawing(next) === encodeDrawing(drawing.value)) return;
  const before = drawing.value;
  let { base } = next;
  if (base?.kind === 'sample' && base.pixels.length === 0) {
    base = { kind: 'sample', ...(await getSample(base.name)) };
    // Whoever drew meanwhile keeps the drawing.
    if (drawing.value !== before) return;
  } else if (base?.kind === 'image' && base.pixels.length === 0) {
    const { imageOf } = await import('../../media/picture.js');
    base = { kind: 'image', title: base.title, ...(await imageOf(base.code)) };
    if (drawing.value !== before) return;
  }
  const restored = { base, strokes: next.strokes };
  const at = performance.now();
  if (isEmpty(before) && !canUndo.value) show(restored, at);
  else replace(restored, at);
}
