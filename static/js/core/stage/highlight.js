// What answers when one cell is pointed at: the cells of the input, of the kernel and of the output
// that have to do with it, each with the number that meets it there.

import { operationOf } from '../operations/registry.js';
import { eachProduct, gradientOf, meetingsOf, pixelOf, weightOf } from './meetings.js';
import { shareOf, winnerAt } from './shares.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {One} from './meetings.js'
 * @import {Place} from './place.js'
 *
 * Places of the input count its padding too: row -1 is the line before the first.
 * @typedef {{readonly kind: string}} See
 *
 * `factor` is the number that meets the cell: the weight for a pixel, the pixel for a weight, the
 * output gradient where a weight's gradient is added up; null where nothing is multiplied. `from` is
 * the pixel that a padding cell borrows.
 * @typedef {ReturnType<typeof inputCell>} InputCell
 * @typedef {{filter: number, channel: number, row: number, column: number, factor: number | null}} KernelCell
 * @typedef {{channel: number, row: number, column: number, factor: number | null, isGone: boolean,
 *   isWinner: boolean}} OutputCell
 * @typedef {{
 *   place: Place,
 *   input: InputCell[],
 *   kernel: KernelCell[],
 *   output: OutputCell[],
 * }} Linked
 */

/**
 * Everything that has to do with one cell; the cell itself is among it.
 * @param {Experiment} experiment
 * @param {See} see
 * @param {Place} place
 * @returns {Linked}
 */
export function linked(experiment, see, place) {
  /** @type {Linked} */
  const found = { place, input: [], kernel: [], output: [] };
  const seen = { input: new Set(), kernel: new Set(), output: new Set() };
  const met = meetingsOf(experiment, place);
  const factors = factorsOf(experiment, see, place);
  const winner = place.side === 'output' ? winnerAt(experiment, place) : null;
  eachProduct(met, (one) => {
    const { channel, filter, down, across } = one;
    if (isNew(seen.input, channel, down.input, across.input)) {
      found.input.push(inputCell(one, factors.input(one), winner));
    }
    if (isNew(seen.output, filter, down.output, across.output)) {
      found.output.push(outputCell(one, factors.output(one)));
    }
    if (isNew(seen.kernel, channel, down.kernel, across.kernel, filter)) {
      const [row, column] = [down.kernel, across.kernel];
      found.kernel.push({ filter, channel, row, column, factor: factors.kernel(one) });
    }
  });
  return found;
}

/**
 * Which number meets the cells of each side.
 * @param {Experiment} experiment
 * @param {See} see
 * @param {Place} place
 * @returns {Record<Place['side'], (one: One) => number | null>}
 */
function factorsOf(experiment, see, { side }) {
  const none = () => null;
  const isBackward = see.kind === 'backward';
  if (!operationOf(experiment).hasWeight) {
    return { input: none, kernel: none, output: isBackward ? shareOf : none };
  }
  // Of a weight's gradient every product is a pixel times an output gradient.
  if (isBackward && side === 'kernel') return { input: gradientOf, kernel: none, output: pixelOf };
  const onKernel = { input: isBackward ? gradientOf : none, kernel: none, output: pixelOf };
  return { input: weightOf, kernel: onKernel[side], output: weightOf };
}

/**
 * @param {One} one
 * @param {number | null} factor
 * @param {{row: number, column: number} | null} winner
 */
function inputCell({ channel, down, across }, factor, winner) {
  const [row, column] = [down.input, across.input];
  const isThere = down.source !== null && across.source !== null;
  const isBorrowed = isThere && (down.source !== row || across.source !== column);
  const from = isBorrowed ? { row: Number(down.source), column: Number(across.source) } : null;
  const isWinner = winner?.row === row && winner.column === column;
  return { channel, row, column, factor, from, isWinner };
}

/** @param {One} one @param {number | null} factor @returns {OutputCell} */
function outputCell({ experiment, filter, down, across }, factor) {
  const isGone = down.target === null || across.target === null;
  const cell = { channel: filter, row: down.output, column: across.output };
  const winner = winnerAt(experiment, cell);
  const isWinner = winner !== null && winner.row === down.source && winner.column === across.source;
  return { ...cell, factor, isGone, isWinner };
}

/**
 * Whether a cell is met for the first time.
 * @param {Set<number>} seen
 * @param {number} channel
 * @param {number} row
 * @param {number} column
 * @param {number} [filter]
 */
function isNew(seen, channel, row, column, filter = 0) {
  // Lines lie between -256 and 1,792, channels below 64.
  const key = ((filter * 64 + channel) * 2048 + row + 256) * 2048 + column + 256;
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}
