// What can be read off a network, by name: for those who watch one from outside, such as a question beside
// it.

import { count, percent } from './number.js';

/**
 * What a network is, and what it answered last: both null until they are there.
 * @typedef {{
 *   readonly outline: {readonly title: string, readonly accuracy: number | null,
 *     readonly parameters: number, readonly multiply_accumulates: number} | null,
 *   readonly answer: {readonly prediction: {readonly index: number, readonly label: string,
 *     readonly probability: number} | null} | null,
 * }} State
 */

/** Name → what it is of a state; null where there is nothing to read. */
export const READINGS = {
  /** The class's name. */
  prediction: (/** @type {State} */ { answer }) => answer?.prediction?.label ?? null,
  'prediction.index': (/** @type {State} */ { answer }) => answer?.prediction?.index ?? null,
  'prediction.probability': (/** @type {State} */ { answer }) =>
    answer?.prediction?.probability ?? null,
  /** What it is called, and what it can do. */
  headline: (/** @type {State} */ { outline }) =>
    outline &&
    `${outline.title} · ${count(outline.parameters)} parameters${outline.accuracy ? ` · ${percent(outline.accuracy)} right` : ''}`,
  parameters: (/** @type {State} */ { outline }) => outline?.parameters ?? null,
  multiply_accumulates: (/** @type {State} */ { outline }) => outline?.multiply_accumulates ?? null,
};
