import { numbersOf, paintPlane } from './cells.js';
import { lookOf } from './palette.js';
import { fillArea } from './pixels.js';
import { scalesOf } from './scales.js';

/**
 * @import {Box} from '../../core/stage/board.js'
 * @import {Numbers} from './cells.js'
 */

/**
 * What has been painted: each plane with how its numbers are written, for what is drawn over it.
 * @typedef {{box: Box, plane: import('../../core/stage/plane.js').Plane,
 *   numbers: Numbers}} Painted
 * @typedef {{planes: Painted[], scales: import('./scales.js').Scales}} PaintedBoard
 */

/**
 * Paints every plane of a board.
 * @param {import('./pixels.js').Pixels} pixels  written
 * @param {import('../../core/stage/picture.js').StagePicture} picture
 * @param {number} scale  device px a CSS px
 * @param {import('../theme.js').Theme} theme
 * @returns {PaintedBoard}
 */
export function paintBoard(pixels, { planes, ranges, isMaximum }, scale, theme) {
  const look = lookOf(theme, isMaximum);
  const scales = scalesOf(ranges, theme);
  fillArea(pixels, { left: 0, top: 0, right: pixels.width, bottom: pixels.height }, look.paper);
  /** @type {Map<string, Numbers>} */
  const written = new Map();
  for (const { box, plane } of planes) {
    // The planes of one role are written alike.
    const own = numbersOf(plane, box.cell, scale);
    const before = written.get(box.role);
    const isNarrower = before === undefined || !own || (before && own.size < before.size);
    if (isNarrower && before !== null) written.set(box.role, own);
  }
  for (const { box, plane } of planes) {
    const numbers = written.get(box.role) ?? null;
    const colours = scales[box.role];
    paintPlane(pixels, { box, plane, colours, numbers, scale, look });
  }
  return {
    planes: planes.map((one) => ({ ...one, numbers: written.get(one.box.role) ?? null })),
    scales,
  };
}
