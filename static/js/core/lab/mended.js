// An experiment that can be computed, in place of one that cannot.
//
// mendedExperiment(experiment)    the nearest possible one, and what was wrong

import { mended } from '../mend.js';
import { withSettings } from './change_settings.js';
import { questionOf, refusalIn } from './shapes.js';
import { settingsDifference } from './difference.js';

/**
 * @typedef {import('./experiment.js').Experiment} Experiment
 * @typedef {{readonly field: string, readonly sentence: string}} Notice
 */

/**
 * The experiment itself where it can be computed; else with the nearest possible settings, and a
 * sentence that says why and what they are now. Null where no settings help.
 * @param {Experiment} experiment
 * @returns {{experiment: Experiment, notice: Notice | null} | null}
 */
export function mendedExperiment(experiment) {
  const refusal = refusalIn(experiment);
  if (!refusal) return { experiment, notice: null };
  const settings = mended(questionOf(experiment));
  if (!settings) return null;
  const possible = withSettings(experiment, settings);
  if (refusalIn(possible)) return null;
  const change = settingsDifference(experiment.settings, possible.settings);
  const { field, sentence } = refusal;
  return { experiment: possible, notice: { field, sentence: `${sentence} ${change}`.trim() } };
}
