import { count, counted, fixed, percent, significant } from '../number.js';
import { durationText } from './progress.js';
import { differences, recipeOf } from './recipe.js';

/**
 * @import {Recipe} from './recipe.js'
 *
 * A ready-made experiment, as the API tells of it: runs that differ in one thing.
 * @typedef {{readonly name: string, readonly title: string, readonly question: string,
 *   readonly compared: string, readonly runs: readonly {name: string, recipe: Recipe}[]}} Experiment
 *
 * @typedef {{readonly id: string, readonly state: string, readonly recipe: Recipe}} Run
 *
 * What a recipe comes to before it is begun; no time where no run was timed yet.
 * @typedef {{readonly steps: number, readonly seconds_estimated: number | null}} Expected
 *
 * What it came to: the closing sentence, and each run's numbers.
 * @typedef {{sentence: string, runs: readonly {name: string, run: string, state: string,
 *   numbers: Readonly<Record<string, number | null>>}[]}} Outcome
 */

/** States from which nothing can be read any more. */
const LOST = new Set(['cancelled', 'failed']);
const LIVING = new Set(['queued', 'running']);
const ENDED = new Set(['finished', 'stopped_early', 'diverged']);

/** What a run that goes on with a trained network takes over from it. */
const TAKEN_OVER = new Set(['network', 'layers', 'dropout', 'batch_norm']);

/** Whether a run is of a recipe, as far as it chooses. @param {Recipe} recipe @param {Recipe} other */
function isOf(recipe, other) {
  const found = differences(recipeOf(recipe), recipeOf(other));
  return found.every(({ path }) => recipe.transfer && TAKEN_OVER.has(path.split('.')[0]));
}

/**
 * Of each of an experiment's recipes the newest run; null where there is none.
 * @template {Run} R
 * @param {Experiment} experiment
 * @param {readonly R[]} runs  the newest first
 * @returns {(R | null)[]}
 */
export const runsOf = ({ runs: parts }, runs) =>
  parts.map(
    ({ recipe }) => runs.find((run) => !LOST.has(run.state) && isOf(recipe, run.recipe)) ?? null,
  );

/** What the runs of an experiment are called in it, by their ids. @param {Experiment} experiment @param {readonly (Run | null)[]} found @returns {ReadonlyMap<string, string>} */
export const partNames = ({ runs }, found) =>
  new Map(found.flatMap((run, at) => (run ? [[run.id, runs[at].name]] : [])));

/** How far an experiment is, by its runs. @param {readonly (Run | null)[]} found @returns {'none' | 'living' | 'ended' | 'some'} */
export function progressOf(found) {
  if (found.every((run) => run === null)) return 'none';
  if (found.some((run) => run && LIVING.has(run.state))) return 'living';
  return found.every((run) => run && ENDED.has(run.state)) ? 'ended' : 'some';
}

/**
 * Which two runs stand on one chart, as places among an experiment's: the first that has begun, and beside it
 * the one that was chosen, or the first of the others.
 * @param {readonly (Run | null)[]} found
 * @param {number} chosen
 * @returns {[number, number | null] | null}
 */
export function pairOf(found, chosen) {
  const there = found.flatMap((run, at) => (run && run.state !== 'queued' ? [at] : []));
  if (there.length === 0) return null;
  const [first, ...others] = there;
  return [first, others.includes(chosen) ? chosen : (others[0] ?? null)];
}

/** Whether an experiment's runs differ in a choice. @param {Experiment} experiment @param {string} path  or how it begins */
export const isAbout = ({ runs: [first, ...others] }, path) =>
  others.some(({ recipe }) =>
    differences(recipeOf(first.recipe), recipeOf(recipe)).some((each) =>
      each.path.startsWith(path),
    ),
  );

/**
 * What will happen once an experiment is begun, and how long it takes.
 * @param {Experiment} experiment
 * @param {readonly Expected[]} plans  none before they are known
 */
export function expectation({ runs }, plans) {
  const steps = [...new Set(plans.map((plan) => plan.steps))];
  const each = steps.length === 1 ? ` of ${counted(steps[0], 'step')} each` : '';
  const seconds = plans.reduce((sum, plan) => sum + (plan.seconds_estimated ?? NaN), 0);
  const time =
    plans.length > 0 && seconds > 0
      ? `, in ${seconds < 1 ? '' : 'about '}${durationText(seconds)} in all`
      : '';
  const which = runs.length === 2 ? '' : ', two of them at a time';
  return `${runs.length} short runs${each} are carried out, one behind the other${time}. Their curves stand on one chart as they grow${which}, and once the last has ended a sentence says what was measured.`;
}

/** Numbers from here on are written by powers of ten. */
const MOST_COUNTED = 1e7;

/** A number of an outcome as a person reads it: a share as a percentage. @param {string} name @param {number | null} value */
export function outcomeText(name, value) {
  if (value === null) return name.startsWith('epochs') ? 'never' : '–';
  if (/accuracy|other digits|2, 5/.test(name)) return percent(value);
  if (value >= MOST_COUNTED) return significant(value, 4);
  return Number.isInteger(value)
    ? fixed(value, 0).replace(/\B(?=(\d{3})+$)/g, ',')
    : value >= 1000
      ? count(Math.round(value))
      : significant(value, 4);
}
