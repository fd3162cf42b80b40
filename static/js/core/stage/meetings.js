// What meets what for one cell: every product it takes part in, in the order of the sum. Highlights
// and equations are both read off it.

import { partnersOf, weightAt } from './channels.js';
import { axesOf, operationOf } from '../operations/registry.js';
import { isPadding } from './walk.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {Meeting} from '../operations/axis_map.js'
 * @import {Place} from './place.js'
 *
 * Which pairs of channels meet, along which meetings.
 * @typedef {ReturnType<typeof meetingsOf>} Meetings
 *
 * One product: a pixel of an input channel, a weight, an output of an output channel.
 * @typedef {{experiment: Experiment, channel: number, filter: number, down: Meeting, across: Meeting}} One
 */

/**
 * The meetings that a cell takes part in. A pixel also meets through the padding that borrows it; a
 * cell of the padding only where it stands.
 * @param {Experiment} experiment
 * @param {Place} place
 */
export function meetingsOf(experiment, place) {
  const { side, channel, row, column, filter = channel } = place;
  if (side === 'kernel' && !operationOf(experiment).hasWeight) {
    return { experiment, pairs: [], down: [], across: [] };
  }
  const { height: rows, width: columns } = axesOf(experiment);
  const along = (/** @type {(meeting: Meeting) => number | null} */ lineOf) => ({
    down: rows.meetings.filter((meeting) => lineOf(meeting) === row),
    across: columns.meetings.filter((meeting) => lineOf(meeting) === column),
  });
  if (side === 'kernel') {
    return { experiment, pairs: [{ channel, filter }], ...along(({ kernel }) => kernel) };
  }
  const others = partnersOf(experiment, side, channel);
  if (side === 'output') {
    const pairs = others.map((other) => ({ channel: other, filter: channel }));
    return { experiment, pairs, ...along(({ output }) => output) };
  }
  const pairs = others.map((other) => ({ channel, filter: other }));
  const isPixel = !isPadding(experiment, place);
  return { experiment, pairs, ...along(({ input, source }) => (isPixel ? source : input)) };
}

/** Visits every product. @param {Meetings} met @param {(one: One) => void} visit */
export function eachProduct({ experiment, pairs, down, across }, visit) {
  for (const { channel, filter } of pairs) {
    for (const row of down) {
      for (const column of across) {
        visit({ experiment, channel, filter, down: row, across: column });
      }
    }
  }
}

/** The input's value, 0 in padding. @param {One} one */
export function pixelOf({ experiment: { input }, channel, down, across }) {
  if (down.source === null || across.source === null) return 0;
  const [, height, width] = input.shape;
  return input.data[(channel * height + down.source) * width + across.source];
}

/** The weight; a pooling has none. @param {One} one */
export function weightOf({ experiment, channel, filter, down, across }) {
  return weightAt(experiment, filter, channel, down.kernel, across.kernel);
}

/** The output gradient: 1 where none was given, 0 where padding took the output away. @param {One} one */
export function gradientOf({ experiment: { outputGradient }, filter, down, across }) {
  if (down.target === null || across.target === null) return 0;
  if (!outputGradient) return 1;
  const [, height, width] = outputGradient.shape;
  return outputGradient.data[(filter * height + down.target) * width + across.target];
}
