// An experiment that can be computed, in place of one that cannot.
//
// mendedExperiment(experiment, settings?)    the nearest possible one, and what was wrong

import { mended } from '../mend.js';
import { refusalOf } from '../refusals.js';
import { capsOf, overCaps } from './caps.js';
import { withSettings } from './change_settings.js';
import { settingsDifference } from './difference.js';
import { questionOf } from './shapes.js';

/**
 * @typedef {import('./experiment.js').Experiment} Experiment
 * @typedef {import('../settings.js').LayerSettings} LayerSettings
 * @typedef {{readonly field: string, readonly sentence: string}} Notice
 */

/**
 * The experiment itself where it can be computed; else with the nearest possible settings, and a
 * sentence that says why and what they are now. Null where no settings help.
 * @param {Experiment} experiment
 * @param {LayerSettings} [settings]  in place of its own
 * @returns {{experiment: Experiment, notice: Notice | null} | null}
 */
export function mendedExperiment(experiment, settings = experiment.settings) {
  const over = overCaps(settings, capsOf(experiment));
  const question = { ...questionOf(experiment), settings: over?.settings ?? settings };
  const { operation, shape, outChannels } = question;
  const wrong = over ?? refusalOf(operation, question.settings, shape, outChannels);
  if (!wrong && settings === experiment.settings) return { experiment, notice: null };
  const possible = mended(question);
  if (!possible) return null;
  const changed = withSettings(experiment, possible);
  if (!wrong) return { experiment: changed, notice: null };
  const difference = settingsDifference(settings, changed.settings);
  const sentence = `${wrong.sentence} ${difference}`.trim();
  return { experiment: changed, notice: { field: wrong.field, sentence } };
}
