/** @import {Grey} from './picture.js' */

/**
 * A grey picture in few bytes, for a link: its levels, each told as its difference to what its
 * neighbours let expect, deflated. What is shown and what the network gets is read back from
 * these bytes, so that a link holds no less than the page that made it.
 */

import { resize } from '../core/drawing/fit.js';

/** Pixels of the longer side, the largest that the budget allows; the last always is. */
const SIDES = [168, 140, 112, 84, 56, 28];
const BUDGET_BYTES = 3000;
/** From one level to the next: all 256, 52 or 16 of them. */
const STEPS = [1, 5, 17];

/** @param {number} step */
const levelsOf = (step) => 255 / step + 1;

/**
 * What the neighbours let expect of a level: the median of west, north and west + north − corner.
 * Source: Weinberger et al. (2000), the predictor of LOCO-I.
 * @param {Uint8Array} levels
 * @param {number} at
 * @param {number} width
 */
function expected(levels, at, width) {
  const isFirst = at % width === 0;
  const above = at >= width;
  const north = above ? levels[at - width] : isFirst ? 0 : levels[at - 1];
  const west = isFirst ? north : levels[at - 1];
  const corner = above && !isFirst ? levels[at - width - 1] : north;
  const low = Math.min(west, north);
  const high = Math.max(west, north);
  return Math.max(low, Math.min(high, west + north - corner));
}

/**
 * @param {Blob} blob
 * @param {CompressionStream | DecompressionStream} stream
 * @param {number} most  bytes that may come out
 * @returns {Promise<Uint8Array<ArrayBuffer>>} rejects where there is more, or where it is broken
 */
async function through(blob, stream, most) {
  const out = new Uint8Array(most);
  let size = 0;
  for (const reader = blob.stream().pipeThrough(stream).getReader(); ;) {
    const { value, done } = await reader.read();
    if (done) return out.slice(0, size);
    if (size + value.length > most) {
      await reader.cancel();
      throw new RangeError('More bytes than pixels.');
    }
    out.set(value, size);
    size += value.length;
  }
}

/**
 * @param {Grey} picture
 * @param {number} step
 * @returns {Promise<Uint8Array>} width, height, step, the deflated differences
 */
async function encodeAsIs({ width, height, pixels }, step) {
  const count = levelsOf(step);
  const levels = pixels.map((pixel) => Math.round(pixel / step));
  const differences = levels.map(
    (level, at) => (level - expected(levels, at, width) + count) % count,
  );
  const stream = new CompressionStream('deflate-raw');
  const body = await through(new Blob([differences]), stream, 2 * levels.length + 64);
  return Uint8Array.of(width, height, step, ...body);
}

/**
 * The picture in as many pixels, then levels, as the budget allows; never in more than it has.
 * @param {Grey} picture
 * @returns {Promise<Uint8Array>}
 */
export async function encodePicture(picture) {
  const longest = Math.max(picture.width, picture.height);
  /** @type {Uint8Array} */
  let code = new Uint8Array();
  for (const side of SIDES) {
    const scale = Math.min(1, side / longest);
    const width = Math.max(1, Math.round(scale * picture.width));
    const height = Math.max(1, Math.round(scale * picture.height));
    const pixels = resize(picture.pixels, picture.width, picture.height, width, height);
    for (const step of STEPS) {
      code = await encodeAsIs({ width, height, pixels }, step);
      if (code.length <= BUDGET_BYTES) return code;
    }
  }
  return code;
}

/** The picture of a code. @param {Uint8Array} code @returns {Promise<Grey>} rejects where the bytes are no picture */
export async function decodePicture(code) {
  const [width = 0, height = 0, step = 0] = code;
  const size = width * height;
  const count = levelsOf(step);
  try {
    const isKnown = Math.max(width, height) <= SIDES[0] && STEPS.includes(step);
    if (!isKnown) throw new RangeError('No such picture.');
    const body = new Blob([code.slice(3)]);
    const levels = await through(body, new DecompressionStream('deflate-raw'), size);
    if (size === 0 || levels.length !== size) throw new RangeError('Too few pixels.');
    for (let at = 0; at < size; at += 1) {
      levels[at] = (levels[at] + expected(levels, at, width)) % count;
    }
    return { width, height, pixels: levels.map((level) => step * level) };
  } catch {
    throw new Error('The image in this link cannot be read: part of the link is missing.');
  }
}
