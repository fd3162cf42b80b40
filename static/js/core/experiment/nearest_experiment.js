// An experiment that can be computed, in place of one that cannot.

import { nearestChange } from './nearest_settings.js';
import { capsOf, withinCaps } from '../limits.js';
import { withSettings } from './change_settings.js';
import { settingsDifference } from './difference.js';
import { questionOf, refusalIn } from './shapes.js';

/**
 * @import {Refusal} from '../operations/checks.js'
 * @import {LayerSettings} from '../settings.js'
 * @import {Experiment} from './experiment.js'
 * @typedef {{readonly field: string, readonly sentence: string}} Notice
 */

/**
 * What was wrong: the first reason for each setting, without its advice, which has been followed already.
 * @param {readonly Refusal[]} refusals
 */
function reasonsOf(refusals) {
  const fields = refusals.map(({ field }) => field);
  return refusals
    .filter(({ field }, at) => fields.indexOf(field) === at)
    .map(({ sentence }) => sentence.split(' Use ')[0]);
}

/**
 * The experiment itself where it can be computed; else with the nearest possible settings, and a
 * sentence that says why and what they are now. Null where no settings help.
 * @param {Experiment} experiment
 * @param {LayerSettings} [settings]  in place of its own
 * @returns {{experiment: Experiment, notice: Notice | null} | null}
 */
export function nearestExperiment(experiment, settings = experiment.settings) {
  const inside = withinCaps(settings, capsOf(experiment));
  const isAsked = settings === experiment.settings && inside.refusals.length === 0;
  if (isAsked && !refusalIn(experiment)) return { experiment, notice: null };
  const found = nearestChange({ ...questionOf(experiment), settings: inside.settings });
  if (!found) return null;
  const refusals = [...inside.refusals, ...found.refusals];
  const [first] = refusals;
  const changed = withSettings(experiment, found.settings);
  if (!first) return { experiment: changed, notice: null };
  const difference = settingsDifference(settings, changed.settings);
  const reasons = [
    ...inside.refusals.map(({ sentence }) => sentence),
    ...reasonsOf(found.refusals),
  ];
  const sentence = [...reasons, difference].join(' ').trim();
  return { experiment: changed, notice: { field: first.field, sentence } };
}
