// A transposed convolution on its way: what the output holds after some of its stamps.

import { outcome } from '../experiment/outcome.js';
import { axesOf } from '../operations/registry.js';

/** @import {Experiment, Values} from '../experiment/experiment.js' */

/**
 * The output of the input cells up to one of them, in reading order; the rest count as 0.
 * @param {Experiment} experiment
 * @param {number} frame  of the last stamp
 * @param {Values} output  after all stamps
 * @returns {Values}
 */
export function stampedSoFar(experiment, frame, output) {
  const { shape, data } = experiment.input;
  const area = shape[1] * shape[2];
  if (frame >= area - 1) return output;
  const stamped = data.map((value, index) => (index % area <= frame ? value : 0));
  const partial = outcome({ ...experiment, input: { shape, data: stamped } });
  return partial.kind === 'computed' ? partial.output : output;
}

/**
 * Whether a stamp has touched an output cell.
 * @param {Experiment} experiment
 * @param {number} frame  of the last stamp
 * @param {number} row
 * @param {number} column
 */
export function isReached(experiment, frame, row, column) {
  const { height: rows, width: columns } = axesOf(experiment);
  const width = experiment.input.shape[2];
  const [lastRow, lastColumn] = [Math.floor(frame / width), frame % width];
  const down = rows.meetings.filter(({ output }) => output === row);
  const across = columns.meetings.filter(({ output }) => output === column);
  // What no stamp ever touches holds the bias from the beginning.
  if (down.length === 0 || across.length === 0) return true;
  return (
    down.some(({ input }) => input < lastRow) ||
    (down.some(({ input }) => input === lastRow) && across.some(({ input }) => input <= lastColumn))
  );
}
