// The single choices of a recipe: what each is called, what it does, and where it ends.

import { augmentation, beginning, between } from './change_controls.js';
import { learning, optimizer } from './learning_controls.js';
import { schedule } from './schedule_controls.js';

/**
 * @import {Recipe} from './recipe.js'
 * @import {Known, Row} from './control_rows.js'
 *
 * @typedef {{name: string, title: string, rows: Row[]}} Group
 */

/** All choices of a recipe that have a meaning now. @param {Recipe} recipe @param {Known | null} known @returns {Group[]} */
export const groupsOf = (recipe, known) => [
  { name: 'learning', title: 'Learning', rows: learning(recipe, known) },
  { name: 'optimizer', title: 'Optimizer', rows: optimizer(recipe) },
  { name: 'schedule', title: 'Schedule', rows: schedule(recipe) },
  { name: 'beginning', title: 'Starting weights', rows: beginning(recipe) },
  { name: 'between', title: 'Between the layers', rows: between(recipe) },
  { name: 'augmentation', title: 'Augmentation', rows: augmentation(recipe) },
];
