import { bestEpoch, secondsLeft } from '../../core/training/progress.js';
import { recipeOf } from '../../core/training/recipe.js';
import { LIVING, RESUMABLE } from '../../state/train/store.js';
import { VIEWS } from './main_views.js';

/** @import {Training} from '../../state/train/training.js' */

/** What the line above all else shows. @param {Training} training @returns {import('../../views/train/head.js').HeadModel} */
export function headModel({ signals, actions }) {
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
    stale: signals.stale.value,
    takeRecipe: () => run && actions.choose(recipeOf(run.recipe)),
    problem: signals.problem.value,
    status: signals.status.value,
    views: VIEWS,
    view: signals.view.value,
    actions,
  };
}
