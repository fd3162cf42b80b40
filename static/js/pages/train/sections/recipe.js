import { groupsOf } from '../../../core/training/controls.js';
import { settingRows } from '../../../views/train/setting_rows.js';
import { sectionOf } from './section.js';

/** The section of one group of the recipe's choices. @param {string} name @returns {import('../instance.js').Part} */
export const sectionOfGroup = (name) => ({
  mount: sectionOf(
    ({ signals, actions }) => ({
      id: `recipe-${name}`,
      rows:
        groupsOf(signals.recipe.value, signals.plan.value).find((group) => group.name === name)
          ?.rows ?? [],
      refusals: signals.refusals.value,
      set: actions.chooseAt,
      refuse: actions.refuse,
      amend: actions.amend,
    }),
    settingRows,
  ),
});
