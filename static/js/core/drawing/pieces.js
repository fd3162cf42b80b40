import { placement } from './fit.js';
import { SIDE } from './strokes.js';

/**
 * A piece of ink as an answer tells of it, in pixels of the picture that was sent.
 * @typedef {{top: number, left: number, bottom: number, right: number}} Box
 * @typedef {{source: {width: number, height: number}, pieces: readonly {box: Box}[]}} Found
 */

/** @type {readonly Box[]} */
const NONE = [];

/**
 * The pieces of ink among which one can choose, on the paper, whose side is 280 units; none where all
 * ink is one.
 * @param {Found | undefined} found
 * @returns {readonly Box[]}
 */
export function piecesOnPaper(found) {
  if (!found || found.pieces.length < 2) return NONE;
  const { scale, left, top } = placement(found.source.width, found.source.height, SIDE);
  return found.pieces.map(({ box }) => ({
    top: top + scale * box.top,
    left: left + scale * box.left,
    bottom: top + scale * box.bottom,
    right: left + scale * box.right,
  }));
}
