// What a network takes for what: the confusion matrix, and the pictures behind one of its cells.

import { counted, percent } from '../number.js';

/**
 * @import {Tensor} from '../tensor.js'
 *
 * How many pictures of one class were taken for one class. `share`: of all pictures of that class.
 * `strength`: how strongly it is coloured, 0…1; a mistake's is measured at the most frequent mistake, so
 * that a few of them are seen beside hundreds that are right.
 * @typedef {{readonly truth: number, readonly predicted: number, readonly count: number,
 *   readonly share: number, readonly isRight: boolean, readonly strength: number}} ConfusionCell
 *
 * What a moment made of the pictures it was judged on: a number a picture, and (C, C) counts, a row a
 * true class.
 * @typedef {{readonly labels: Tensor, readonly predictions: Tensor, readonly confidence: Tensor,
 *   readonly confusion: Tensor}} Judged
 */

/** The pictures of each true class. @param {Tensor} confusion  (C, C) */
function totalsOf({ shape: [size], data }) {
  return Array.from({ length: size }, (_, row) =>
    data.subarray(row * size, (row + 1) * size).reduce((sum, each) => sum + each, 0),
  );
}

/** A part of a whole; none of nothing. @param {number} part @param {number} whole */
const shareOf = (part, whole) => (whole > 0 ? part / whole : 0);

/** The share of the most frequent mistake among the pictures of its class. @param {Tensor} confusion  (C, C) */
export function worstShare(confusion) {
  const [size] = confusion.shape;
  const totals = totalsOf(confusion);
  return confusion.data.reduce((worst, value, at) => {
    const row = Math.floor(at / size);
    return row === at % size ? worst : Math.max(worst, shareOf(value, totals[row]));
  }, 0);
}

/**
 * The cells of a confusion matrix, row by row.
 * @param {Tensor} confusion  (C, C), a row a true class
 * @param {number} [worst]  the share that is coloured fully; of two matrices beside each other, their larger
 * @returns {ConfusionCell[]}
 */
export function confusionCells(confusion, worst = worstShare(confusion)) {
  const [size] = confusion.shape;
  const totals = totalsOf(confusion);
  return Array.from(confusion.data, (value, at) => {
    const [truth, predicted] = [Math.floor(at / size), at % size];
    const share = shareOf(value, totals[truth]);
    const isRight = truth === predicted;
    const strength = isRight ? share : shareOf(share, worst);
    return { truth, predicted, count: value, share, isRight, strength };
  });
}

/**
 * What a cell says, as one sentence.
 * @param {ConfusionCell} cell
 * @param {readonly string[]} classes
 */
export function cellSentence({ truth, predicted, count: found, share }, classes) {
  const told = `${counted(found, 'picture')} of ${classes[truth]}`;
  return `${told}, ${percent(share)} of them all, ${found === 1 ? 'is' : 'are'} taken for ${classes[predicted]}.`;
}

/**
 * The pictures of a cell, the worst first: of mistakes those in which the network is surest of the wrong
 * class, of what is right those in which it is least sure.
 * @param {Judged} judged
 * @param {{truth: number, predicted: number}} cell
 * @param {number} [most]
 * @returns {{index: number, confidence: number}[]}  index: within the pictures it was judged on
 */
export function worstFirst(judged, { truth, predicted }, most = Infinity) {
  const sign = truth === predicted ? 1 : -1;
  const found = Array.from(judged.confidence.data, (confidence, index) => ({ index, confidence }));
  return found
    .filter(
      ({ index }) =>
        judged.labels.data[index] === truth && judged.predictions.data[index] === predicted,
    )
    .sort((a, b) => sign * (a.confidence - b.confidence) || a.index - b.index)
    .slice(0, most);
}

/** The mistake that is made most often; null where none is made. @param {readonly ConfusionCell[]} cells */
export function mostFrequentMistake(cells) {
  const wrong = cells.filter(({ isRight, count: found }) => !isRight && found > 0);
  return wrong.reduce(
    (/** @type {ConfusionCell | null} */ best, each) =>
      best && best.count >= each.count ? best : each,
    null,
  );
}
