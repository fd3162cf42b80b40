// What can be read off a network, by name: for those who watch one from outside, such as a question beside
// it.

/**
 * What a network is, and what it answered last: both null until they are there.
 * @typedef {{
 *   readonly outline: {readonly parameters: number, readonly multiply_accumulates: number} | null,
 *   readonly answer: {readonly prediction: {readonly index: number, readonly label: string,
 *     readonly probability: number}} | null,
 * }} State
 */

/** Name → what it is of a state; null where there is nothing to read. */
export const READINGS = {
  /** The class's name. */
  prediction: (/** @type {State} */ { answer }) => answer?.prediction.label ?? null,
  'prediction.index': (/** @type {State} */ { answer }) => answer?.prediction.index ?? null,
  'prediction.probability': (/** @type {State} */ { answer }) =>
    answer?.prediction.probability ?? null,
  parameters: (/** @type {State} */ { outline }) => outline?.parameters ?? null,
  multiply_accumulates: (/** @type {State} */ { outline }) => outline?.multiply_accumulates ?? null,
};
