// What can be read off a Lab, by name: for those who watch one from outside, such as a question beside it.

import { outcome } from './outcome.js';

/**
 * @import {Experiment} from './experiment.js'
 * @import {Computed} from './outcome.js'
 */

/** @template T @param {(found: Computed) => T} read @returns {(experiment: Experiment) => T | null} */
const ofOutcome = (read) => (experiment) => {
  const found = outcome(experiment);
  return found.kind === 'computed' ? read(found) : null;
};

/**
 * Name → what it is of an experiment: counts, null where there is no output; and of `refusal` the sentence
 * that says why.
 */
export const READINGS = {
  'output.channels': ofOutcome(({ output }) => output.shape[0]),
  'output.height': ofOutcome(({ output }) => output.shape[1]),
  'output.width': ofOutcome(({ output }) => output.shape[2]),
  /** Rows and columns of the input that no window reads. */
  'unread.rows': ofOutcome(({ height }) => height.unread.length),
  'unread.columns': ofOutcome(({ width }) => width.unread.length),
  /** A pooling has none. */
  parameters: ofOutcome(({ cost }) => cost?.total ?? 0),
  multiply_accumulates: ofOutcome(({ cost }) => cost?.multiplyAccumulates ?? 0),
  refusal: (/** @type {Experiment} */ experiment) => {
    const found = outcome(experiment);
    return found.kind === 'refused' ? found.sentence : null;
  },
};
