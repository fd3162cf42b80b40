// What the numbers on a stage follow from.

import { gradients, outcome } from '../experiment/outcome.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {Place, See} from './place.js'
 *
 * How an experiment is looked at: the view, the place that is explained, the last frame that was made
 * and the output channel that is looked at unless a place is explained.
 * @typedef {{see: See, spot: Place | null, frame: number, filter: number}} Look
 */

/** Null where the experiment is impossible. @param {Experiment} experiment @param {Look} look */
export function planesModel(experiment, { see, spot, frame, filter }) {
  const found = outcome(experiment);
  if (found.kind === 'refused') return null;
  const isBackward = see.kind === 'backward';
  return {
    experiment,
    outcome: found,
    see,
    spot,
    gradients: isBackward ? gradients(experiment) : null,
    // Gradients stand still.
    frame: isBackward ? Infinity : frame,
    filter: spot?.side === 'output' ? spot.channel : (spot?.filter ?? filter),
  };
}
