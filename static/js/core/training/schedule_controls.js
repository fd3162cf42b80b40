// How the learning rate changes, and when training ends.

import { BETWEEN, WHOLE, number, onOff } from './control_rows.js';
import { EARLY_STOPPING, ONE_CYCLE, PLATEAU } from './recipe.js';

/**
 * @import {Recipe} from './recipe.js'
 * @import {Row} from './control_rows.js'
 */

/** @param {Recipe} recipe @returns {Row[]} */
const stopping = (recipe) => [
  onOff(
    recipe,
    'early_stopping',
    'early stopping',
    'Training ends when the validation loss has not fallen for a while.',
    EARLY_STOPPING,
  ),
  ...(recipe.early_stopping
    ? [
        number(
          recipe,
          'early_stopping.patience',
          'patience',
          'For how many epochs the loss may not fall.',
          [1, 1000],
          WHOLE,
        ),
      ]
    : []),
];

/** @param {Recipe} recipe @param {boolean} isPlateau @returns {Row[]} */
function course(recipe, isPlateau) {
  if (recipe.scheduler === null) return [];
  if (!isPlateau)
    return [
      number(
        recipe,
        'scheduler.rise',
        'rise',
        'For which share of all steps it rises.',
        [0, 1],
        BETWEEN,
      ),
    ];
  return [
    number(
      recipe,
      'scheduler.patience',
      'patience',
      'For how many epochs the loss may not fall before.',
      [0, 1000],
      WHOLE,
    ),
    number(
      recipe,
      'scheduler.factor',
      'factor',
      'What the learning rate is then multiplied by.',
      [0, 1],
      BETWEEN,
    ),
    number(recipe, 'scheduler.min_lr', 'lowest rate', 'It is never lowered below this.', [0, 1]),
  ];
}

/** @param {Recipe} recipe @returns {Row[]} */
export function schedule(recipe) {
  const { scheduler } = recipe;
  const isPlateau = scheduler !== null && 'patience' in scheduler;
  return [
    {
      ...{ kind: 'choice', path: 'scheduler', text: 'learning rate' },
      value: scheduler === null ? 'constant' : isPlateau ? 'plateau' : 'one cycle',
      options: [
        {
          value: 'plateau',
          text: 'plateau',
          title: 'Is lowered when the validation loss has not fallen for a while.',
          sets: PLATEAU,
        },
        {
          value: 'one cycle',
          text: 'one cycle',
          title: 'Rises, then falls to nearly nothing by the last step.',
          sets: ONE_CYCLE,
        },
        { value: 'constant', text: 'constant', title: 'Stays as it is.', sets: null },
      ],
    },
    ...course(recipe, isPlateau),
    ...stopping(recipe),
  ];
}
