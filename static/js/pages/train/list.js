import { differenceText, recipeOf } from '../../core/training/recipe.js';

/** @import {Training} from '../../state/train/training.js' */

/** What the list of runs shows. @param {Training} training @returns {import('../../views/train/run_list.js').ListModel} */
export function listModel({ signals, actions }) {
  const runs = signals.runs.value;
  const shown = signals.run.value;
  return {
    rows:
      runs?.map((row, index) => {
        const before = runs[index + 1];
        const recipe = recipeOf(row.recipe);
        return {
          ...row,
          recipe,
          isShown: row.id === shown?.id,
          difference: before ? differenceText(recipe, recipeOf(before.recipe)) : '',
        };
      }) ?? null,
    removed: signals.removed.value.length,
    actions,
  };
}
