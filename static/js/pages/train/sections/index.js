import { USUAL_RECIPE } from '../../../core/training/recipe.js';
import { groupsOf } from '../../../core/training/controls.js';

/**
 * @import {Row} from '../instance.js'
 */

/** A section for each group of the recipe's choices. @type {readonly Row[]} */
const GROUPS = groupsOf(USUAL_RECIPE, null).map(({ name, title }) => ({
  name,
  title,
  load: async () => (await import('./recipe.js')).sectionOfGroup(name),
}));

/** The sections of the left column, from the top: what the next run will be. @type {readonly Row[]} */
export const SECTIONS = [
  { name: 'data', title: 'Data', load: () => import('./data.js') },
  { name: 'network', title: 'Network', load: () => import('./network.js') },
  ...GROUPS,
  {
    ...{ name: 'augmented-sheet', title: 'Augmented images', isUntitled: true },
    load: () => import('./augmented_sheet.js'),
  },
  { name: 'plan', title: 'What it comes to', isUntitled: true, load: () => import('./plan.js') },
];
