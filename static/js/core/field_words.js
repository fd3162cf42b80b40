// What holds of a receptive field, in sentences.

import { count, counted, shapeText, significant } from './number.js';
import { areaOf, beyond } from './receptive_field.js';

/** @import {Box, BoxStatus} from './receptive_field.js' */

/** What a status means. @type {Record<BoxStatus, string>} */
const MEANINGS = {
  exact: 'Exact: it sees these pixels and no other.',
  upper_bound: 'An upper bound: it sees nothing outside, perhaps not all that is inside.',
  whole_input: 'The whole input: every pixel can reach it.',
  nothing: 'It sees nothing of the picture: its value is always the same.',
  data_dependent: 'Depends on the data: so it is for this picture; another may take another way.',
};

/** @param {BoxStatus} status */
export const statusText = (status) => MEANINGS[status];

/**
 * How far apart the units of a layer look, with a comma before it; '' of units that are not beside each other.
 * @param {{readonly output_shape: readonly number[],
 *   readonly receptive_field: {readonly stride: readonly number[]} | null}} layer
 */
export function stepText({ output_shape: [, rows = 1, columns = 1], receptive_field: field }) {
  return field?.stride[0] && rows * columns > 1 ? `, step ${shapeText(field.stride)}` : '';
}

/** Lines from one up to another, that not included. @param {string} word @param {number} from @param {number} to */
const lines = (word, from, to) =>
  to - from === 1 ? `${word} ${from}` : `${word}s ${from} to ${to - 1}`;

/** What a box has of the picture. @param {Box} box @param {readonly number[]} size  (height, width) of the picture */
export function boxText(box, [height, width]) {
  const [top, bottom] = [Math.max(0, box.top), Math.min(height, box.bottom)];
  const [left, right] = [Math.max(0, box.left), Math.min(width, box.right)];
  if (top >= bottom || left >= right) return 'It sees nothing but padding.';
  const inside = `${lines('row', top, bottom)}, ${lines('column', left, right)}`;
  const beside = Object.entries(beyond(box, [height, width]))
    .filter(([, amount]) => amount > 0)
    .map(([side, amount]) => `${amount} ${SIDES[/** @type {keyof typeof SIDES} */ (side)]}`);
  const padding = beside.length ? ` Of padding: ${beside.join(', ')}.` : '';
  return `${inside[0].toUpperCase()}${inside.slice(1)}.${padding}`;
}

const SIDES = { top: 'above', left: 'to the left', bottom: 'below', right: 'to the right' };

/**
 * How an effect is spread.
 * @param {ReturnType<typeof import('./receptive_field.js').spread>} spread
 * @param {number} pixels  there are in the box, 0 where it sees none
 */
export function spreadText({ count: moving, half, largest, strongest: { row, column } }, pixels) {
  if (pixels === 0) return 'No pixel moves it.';
  if (moving === 0)
    return 'No pixel moves it: what lies on the way, such as a ReLU, passes nothing on.';
  const move = moving === 1 ? 'moves' : 'move';
  const all = `${count(moving)} of ${counted(pixels, 'pixel')} ${move} it; half of the effect is on ${count(half)}.`;
  return `${all} The strongest: row ${row}, column ${column}, ${significant(largest)}.`;
}

/**
 * What one pixel reaches in a layer.
 * @param {Box} box  of places
 * @param {readonly number[]} extent  (height, width)
 */
export function reachText(box, extent) {
  const [reached, all] = [areaOf(box), extent[0] * extent[1]];
  if (reached === 0) return 'none';
  if (all === 1) return 'every unit';
  if (reached === all) return `all ${extent.join(' × ')}`;
  return `${box.bottom - box.top} × ${box.right - box.left} of ${extent.join(' × ')}`;
}
