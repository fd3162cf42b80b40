import { encodeDrawing } from '../../core/drawing/drawing_code.js';
import { isEmpty } from '../../core/drawing/strokes.js';
import { getSample } from '../samples.js';

/** @import {Drawing} from '../../core/drawing/strokes.js' */

/**
 * A base with its pixels, which a link does not have: a sample's are fetched, an image's made of its code.
 * @param {Drawing['base']} base
 * @returns {Promise<Drawing['base']>}
 */
async function withPixels(base) {
  if (base?.kind === 'sample') {
    const { photo, name, label, pixels } = await getSample(base.name);
    return photo ?? { kind: 'sample', name, label, pixels };
  }
  if (base?.kind === 'photo') return (await import('./photo.js')).codedPhoto(base.code);
  if (!base) return base;
  const { imageOf } = await import('../../media/picture.js');
  return { kind: 'image', title: base.title, ...(await imageOf(base.code)) };
}

/**
 * Shows a drawing that a link or the browser's history names. Whoever draws meanwhile keeps the drawing.
 * @param {import('./paper.js').Paper} paper
 * @param {Drawing} next
 * @returns {Promise<void>} rejects where the sample cannot be had, or the image not be read
 */
export async function restore({ canUndo, drawing, replace, show }, { base: named, strokes }) {
  const before = drawing.value;
  if (encodeDrawing({ base: named, strokes }) === encodeDrawing(before)) return;
  const isThere = !named || (named.kind === 'photo' ? named.paint : named.pixels.length > 0);
  const base = isThere ? named : await withPixels(named);
  if (!isThere && drawing.value !== before) return;
  const at = performance.now();
  const next = { ...before, base, strokes };
  if (isEmpty(before) && !canUndo.value) show(next, at);
  else replace(next, at);
}
