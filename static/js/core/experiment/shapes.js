// What follows from an experiment's operands and settings before anything is computed.

import { axesOf, operationOf, refusalOf } from '../operations/registry.js';
import { capsOf } from '../limits.js';
import { once } from '../once.js';
import { layoutOf } from './weight_layout.js';

/**
 * @import {Refusal} from '../operations/registry.js'
 * @import {Experiment} from './experiment.js'
 * @typedef {import('../operations/axis_map.js').Step} Step
 */

/** How many filters the weight has. @param {Experiment} experiment */
export function filtersOf(experiment) {
  return layoutOf(experiment).outChannels;
}

/** How many output maps there are. @param {Experiment} experiment */
export function outChannelsOf(experiment) {
  return operationOf(experiment).hasWeight ? filtersOf(experiment) : experiment.input.shape[0];
}

/**
 * What refusalOf, controlEnd, nearestSettings and waysOut ask of an experiment.
 * @param {Experiment} experiment
 * @returns {import('./control_range.js').Question}
 */
export function questionOf(experiment) {
  const { operation, settings, input } = experiment;
  return {
    operation,
    settings,
    shape: input.shape,
    outChannels: outChannelsOf(experiment),
    caps: capsOf(experiment),
  };
}

/**
 * Why an experiment cannot be computed; null where it can. Asked once.
 * @type {(experiment: Experiment) => Refusal | null}
 */
export const refusalIn = once((experiment) => refusalOf(questionOf(experiment)));

/**
 * The shape of the output; null where there is none.
 * @param {Experiment} experiment
 * @returns {[number, number, number] | null}
 */
export function outputShapeOf(experiment) {
  if (refusalIn(experiment)) return null;
  const { height, width } = axesOf(experiment);
  return [outChannelsOf(experiment), height.output.size, width.output.size];
}
