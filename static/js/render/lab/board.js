import { numbersOf, paintPlane } from './cells.js';
import { wholeOf } from './edges.js';
import { lookOf, scalesOf } from './palette.js';
import { fillArea } from './pixels.js';

/**
 * @import {Box} from '../../core/stage/board.js'
 * @import {Plane} from '../../core/stage/plane.js'
 * @import {Theme} from '../theme.js'
 * @import {Numbers, Scale} from './cells.js'
 *
 * What has been painted: each plane with its colours and how its numbers are written, for what is drawn
 * over it; `own`: how they would be, were it the only one of its role.
 * @typedef {{box: Box, plane: Plane, colours: Scale, numbers: Numbers, own: Numbers}} Painted
 * @typedef {{planes: Painted[], scales: import('./palette.js').Scales, theme: Theme, scale: number,
 *   isMaximum: boolean}} PaintedBoard
 */

/**
 * Paints every plane of a board; over a former one only what has changed.
 * @param {import('./pixels.js').Pixels} pixels  written
 * @param {import('../../core/stage/picture.js').StagePicture} picture
 * @param {number} scale  device px a CSS px
 * @param {Theme} theme
 * @param {PaintedBoard | null} [before]  what stands in the pixels
 * @returns {PaintedBoard}
 */
export function paintBoard(pixels, { planes, ranges, isMaximum }, scale, theme, before = null) {
  const look = lookOf(theme, isMaximum);
  const scales = scalesOf(ranges, theme);
  const isAlone =
    before?.theme !== theme || before.scale !== scale || before.isMaximum !== isMaximum;
  const former = isAlone ? null : before.planes;
  const standing = planes.map(({ box }, at) => {
    const one = former?.[at];
    return one && isSameBox(one.box, box) ? one : null;
  });
  if (!former)
    fillArea(pixels, { left: 0, top: 0, right: pixels.width, bottom: pixels.height }, look.paper);
  former?.forEach(({ box }, at) => {
    if (!standing[at]) fillArea(pixels, wholeOf(box, scale), look.paper);
  });
  const own = planes.map(({ box, plane }, at) => {
    const one = standing[at];
    return one && isSamePlane(one.plane, plane) ? one.own : numbersOf(plane, box.cell, scale);
  });
  const written = writtenAlike(planes, own);
  const painted = planes.map(({ box, plane }, at) => {
    const numbers = written.get(box.role) ?? null;
    return { box, plane, colours: scales[box.role], numbers, own: own[at] };
  });
  painted.forEach((one, at) => {
    const there = standing[at];
    const stands = there && isAlike(there, one) ? there.plane : null;
    paintPlane(pixels, { ...one, scale, look, stands });
  });
  return { planes: painted, scales, theme, scale, isMaximum };
}

/**
 * How the numbers of each role are written: all alike, as those with the least room.
 * @param {readonly {readonly box: Box}[]} planes
 * @param {readonly Numbers[]} own
 */
function writtenAlike(planes, own) {
  /** @type {Map<string, Numbers>} */
  const written = new Map();
  planes.forEach(({ box }, at) => {
    const [before, now] = [written.get(box.role), own[at]];
    const isNarrower = before === undefined || !now || (before && now.size < before.size);
    if (isNarrower && before !== null) written.set(box.role, now);
  });
  return written;
}

/** Whether a plane has the place of another. @param {Box} one @param {Box} other */
const isSameBox = (one, other) =>
  one.role === other.role &&
  one.x === other.x &&
  one.y === other.y &&
  one.cell === other.cell &&
  one.rows === other.rows &&
  one.columns === other.columns;

/** @param {Plane} one @param {Plane} other */
const isSamePlane = ({ values, kinds }, other) =>
  (values === other.values ||
    values.every((value, cell) => Object.is(value, other.values[cell]))) &&
  isSameKind(kinds, other);

/** @param {Uint8Array} kinds @param {Plane} other */
const isSameKind = (kinds, other) =>
  kinds === other.kinds || kinds.every((kind, cell) => kind === other.kinds[cell]);

/** Whether what has the same value looks the same. @param {Painted} one @param {Painted} other */
const isAlike = (one, other) =>
  one.numbers?.size === other.numbers?.size &&
  one.numbers?.decimals === other.numbers?.decimals &&
  one.colours.low === other.colours.low &&
  one.colours.high === other.colours.high &&
  isSameKind(one.plane.kinds, other.plane);
