import { percent, significant } from '../number.js';
import { movedByText, movedText, scoreText } from './words.js';

/**
 * @import {ClassName} from './words.js'
 *
 * What a network makes of an image.
 * @typedef {{probabilities: ArrayLike<number>, logits: ArrayLike<number>}} Outcome
 *
 * A number that is read of an outcome.
 * @typedef {object} Measure
 * @property {string} name
 * @property {(outcome: Outcome) => number} of
 * @property {(value: number) => string} text
 * @property {(before: number, after: number) => string} moved  by how much it has moved, in words
 * @property {(values: readonly number[]) => readonly [number, number]} span  from where to where a bar of it goes
 */

/** From the least to the most of some values and 0. @param {readonly number[]} values @returns {readonly [number, number]} */
const around = (values) => [Math.min(0, ...values), Math.max(0, ...values)];

/** @param {string} name @param {(logits: ArrayLike<number>) => number} of @returns {Measure} */
const ofLogits = (name, of) => ({
  name,
  of: ({ logits }) => of(logits),
  text: (value) => significant(value, 4),
  moved: movedByText,
  span: around,
});

/** @param {string} name @param {number} index @returns {Measure} */
const logitMeasure = (name, index) => ofLogits(name, (logits) => logits[index] ?? 0);

/**
 * What is read of a class, or of one beside another; what is asked about comes first.
 * @param {ClassName} asked
 * @param {ClassName | null} against
 * @returns {readonly [Measure, ...Measure[]]}
 */
export function measuresOf(asked, against) {
  const { index } = asked;
  if (against) {
    const other = against.index;
    return [
      ofLogits('difference', (logits) => (logits[index] ?? 0) - (logits[other] ?? 0)),
      logitMeasure(scoreText(asked, null), index),
      logitMeasure(scoreText(against, null), other),
    ];
  }
  /** @type {Measure} */
  const probability = {
    name: 'probability',
    of: ({ probabilities }) => probabilities[index] ?? 0,
    text: percent,
    moved: movedText,
    span: () => [0, 1],
  };
  return [probability, logitMeasure('logit', index)];
}
