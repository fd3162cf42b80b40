import { recipeOf, USUAL_RECIPE } from '../../core/training/recipe.js';
import { changedWords } from '../../core/training/recipe_words.js';
import { isEnded } from '../../state/train/store.js';
import { TURNING } from '../../state/train/text.js';
import { titlesOf } from './titles.js';

/** @import {Training} from '../../state/train/training.js' */

/** How many runs stand before one in the queue. @param {readonly {state: string, created: number}[]} runs @param {number} created */
const before = (runs, created) =>
  runs.filter(({ state, created: at }) => ['queued', 'running'].includes(state) && at < created)
    .length;

/** A link that shows a run: beside what is compared, else where the loss of one that has ended turns. @param {{id: string, state: string}} run @param {string} [compared] */
function linkTo({ id, state }, compared) {
  if (compared && compared !== id) return `#run=${id}&with=${compared}`;
  return isEnded({ state }) ? `#run=${id}&step=${TURNING}` : `#run=${id}`;
}

/** What the list of runs shows. @param {Training} training @returns {import('../../views/train/run_list.js').ListModel} */
export function listModel(training) {
  const { signals, actions } = training;
  const runs = signals.runs.value;
  const [shown, compared] = [signals.id.value, signals.compared.value?.run.id];
  const titles = titlesOf(training);
  return {
    rows:
      runs?.map((row) => {
        const { network, dataset } = row.recipe;
        const changes = changedWords(
          { ...recipeOf(row.recipe), network: '', dataset: '' },
          { ...USUAL_RECIPE, network: '', dataset: '' },
          titles,
        );
        return {
          ...row,
          link: linkTo(row, compared),
          name:
            row.title ??
            `${titles.network(network)}${row.recipe.transfer ? ' →' : ','} ${titles.dataset(dataset)}`,
          isShown: row.id === shown,
          isCompared: row.id === compared,
          waiting: row.state === 'queued' ? before(runs, row.created) : 0,
          difference: changes.map(({ text }) => text).join(', ') || 'as in the article',
        };
      }) ?? null,
    removed: signals.removed.value.length,
    actions,
  };
}
