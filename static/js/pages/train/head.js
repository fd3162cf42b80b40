import { bestEpoch, secondsLeft } from '../../core/training/progress.js';
import { recipeOf } from '../../core/training/recipe.js';
import { changedWords } from '../../core/training/recipe_words.js';
import { LIVING, RESUMABLE } from '../../state/train/store.js';
import { VIEWS } from './main_views.js';
import { titlesOf } from './titles.js';

/** @import {Training} from '../../state/train/training.js' */

/** As many runs are offered to be deleted at once. */
const MOST_OLDEST = 5;

/** The oldest runs that have ended, the one on show only where there is no other. @param {readonly {id: string, state: string}[]} runs  the newest first @param {string} [shown] */
function oldestOf(runs, shown) {
  const ended = runs.filter(({ state }) => !LIVING.has(state)).map(({ id }) => id);
  const others = ended.filter((id) => id !== shown);
  return (others.length > 0 ? others : ended).slice(-MOST_OLDEST);
}

/** What the line above all else shows. @param {Training} training @returns {import('../../views/train/head.js').HeadModel} */
export function headModel(training) {
  const { signals, actions } = training;
  const run = signals.run.value;
  const { epochs } = signals.curves.value;
  const state = run?.state ?? '';
  return {
    run,
    isLiving: LIVING.has(state),
    canResume: RESUMABLE.has(state),
    isQueueing: signals.runs.value?.some((each) => LIVING.has(each.state)) ?? false,
    best: bestEpoch(epochs),
    secondsLeft: run ? secondsLeft(run, epochs) : NaN,
    speed: epochs.at(-1)?.samples_per_second ?? run?.samples_per_second ?? 0,
    pictures: /^mnist/.test(String(run?.recipe.dataset)) ? 'digits' : 'images',
    // The experiments have recipes of their own.
    stale:
      run && signals.view.value !== 'experiments'
        ? changedWords(recipeOf(run.recipe), signals.recipe.value, titlesOf(training))
        : [],
    takeRecipe: () => run && actions.choose(recipeOf(run.recipe)),
    problem: signals.problem.value,
    oldest: signals.isFull.value ? oldestOf(signals.runs.value ?? [], run?.id) : [],
    status: signals.status.value,
    views: VIEWS,
    view: signals.view.value,
    actions,
  };
}
