import { applyPalette, GIFEncoder, quantize } from 'gifenc';

import { filmOf } from '../../core/take_away/film.js';
import { frameCount, placeOfFrame } from '../../core/stage/place.js';
import { theme } from '../../elements/theme.js';
import { Still } from '../../render/lab_export/still.js';

/** @import {See} from '../../core/stage/place.js' */

/** @typedef {import('../../core/stage/planes.js').PlanesModel & {see: See}} PlanesModel */

/** A film is no larger, CSS px. */
const ROOM = { width: 640, height: 440, scale: 1 };
const COLOURS = 256;

/** The stage at one step of the operation. @param {PlanesModel} model @param {number} frame @returns {PlanesModel} */
function momentOf(model, frame) {
  const spot = placeOfFrame(model.experiment, model.see, frame, model.filter);
  return { ...model, frame, spot };
}

/**
 * The colours of a film, taken from its beginning, middle and end.
 * @param {Still} still
 * @param {PlanesModel} model
 * @param {readonly number[]} frames
 */
function paletteOf(still, model, frames) {
  const taken = [frames[0], frames[frames.length >> 1], frames[frames.length - 1]].map((frame) => {
    still.draw(momentOf(model, frame));
    return still.pixels();
  });
  const all = new Uint8Array(taken.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const pixels of taken) {
    all.set(pixels, start);
    start += pixels.length;
  }
  return quantize(all, COLOURS);
}

/**
 * The animation of the stage as a GIF, one frame an output position; null where it was called off.
 * @param {PlanesModel} model
 * @param {(share: number) => void} progress  told how much of it is done
 * @param {AbortSignal} calledOff
 */
export async function makeFilm(model, progress, calledOff) {
  const { frames, delayMs, lastMs } = filmOf(frameCount(model.experiment, model.see));
  const still = new Still(model, ROOM, theme());
  const { width, height } = still.canvas;
  const palette = paletteOf(still, model, frames);
  const film = GIFEncoder();
  for (const [index, frame] of frames.entries()) {
    still.draw(momentOf(model, frame));
    const isLast = index === frames.length - 1;
    film.writeFrame(applyPalette(still.pixels(), palette), width, height, {
      palette: index === 0 ? palette : undefined,
      delay: isLast ? lastMs : delayMs,
      repeat: 0,
    });
    progress((index + 1) / frames.length);
    // The page goes on between two frames.
    await new Promise((resolve) => setTimeout(resolve));
    if (calledOff.aborted) return null;
  }
  film.finish();
  return new Blob([film.bytes()], { type: 'image/gif' });
}
