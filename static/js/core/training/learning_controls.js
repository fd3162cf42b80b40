// How a network learns: from what share of its images, and by which steps.

import { ABOVE, BELOW, WHOLE, number, onOff } from './control_rows.js';

/**
 * @import {Recipe} from './recipe.js'
 * @import {Known, Row} from './control_rows.js'
 */

/** @param {Recipe} recipe @param {Known | null} known @returns {Row[]} */
export function learning(recipe, known) {
  const images = known?.training_images ?? 60_000;
  return [
    number(
      recipe,
      'epochs',
      'epochs',
      'How often every training image is learned from, at most.',
      [1, 1000],
      WHOLE,
    ),
    number(
      recipe,
      'batch_size',
      'batch size',
      'From how many images each step learns.',
      [1, images],
      {
        ...WHOLE,
        of: known ? 'the number of images that are learned from' : '',
      },
    ),
    number(
      recipe,
      'split',
      'learned from',
      'The share of the images that is learned from; the others validate.',
      [0.01, 0.99],
    ),
    number(
      recipe,
      'seed',
      'seed',
      'Fixes the starting weights and the order of the batches.',
      [0, 2 ** 31 - 1],
      WHOLE,
    ),
    {
      ...{ kind: 'choice', path: 'precision', text: 'precision', value: recipe.precision },
      options: [
        { value: 'float32', text: 'float32', title: 'Every product in float32.', sets: 'float32' },
        {
          value: 'bfloat16',
          text: 'bfloat16',
          title: 'Products in bfloat16, sums in float32: quicker where the processor has it.',
          sets: 'bfloat16',
        },
      ],
    },
  ];
}

/** @param {string} name */
const path = (name) => `optimizer.${name}`;

/** @param {Recipe} recipe @returns {Row[]} */
const ofAdam = (recipe) => [
  onOff(
    recipe,
    path('amsgrad'),
    'amsgrad',
    'Divides by the largest mean of squares so far, not by the newest.',
  ),
  number(
    recipe,
    path('betas.0'),
    'beta 1',
    'How much of the gradients’ mean stays with each step.',
    [0, 1],
    BELOW,
  ),
  number(
    recipe,
    path('betas.1'),
    'beta 2',
    'How much of the squares’ mean stays with each step.',
    [0, 1],
    BELOW,
  ),
  number(recipe, path('eps'), 'epsilon', 'Is added to the root that is divided by.', [0, 1], ABOVE),
];

/** @param {Recipe} recipe @returns {Row[]} */
const ofSgd = (recipe) => [
  number(
    recipe,
    path('momentum'),
    'momentum',
    'How much of the step before is taken again.',
    [0, 1],
    BELOW,
  ),
];

/** @param {Recipe} recipe @returns {Row[]} */
export function optimizer(recipe) {
  return [
    {
      ...{ kind: 'choice', path: path('name'), text: 'optimizer', value: recipe.optimizer.name },
      options: [
        {
          value: 'adam',
          text: 'Adam',
          title:
            'Each weight steps by its own gradients’ mean, over the root of their squares’ mean.',
          sets: 'adam',
        },
        {
          value: 'sgd',
          text: 'SGD',
          title: 'Each weight steps against its gradient, times the learning rate.',
          sets: 'sgd',
        },
      ],
    },
    number(recipe, path('lr'), 'learning rate', 'How large a step is.', [0, 1000], ABOVE),
    number(
      recipe,
      path('weight_decay'),
      'weight decay',
      'How strongly each weight is drawn to zero: its share that is added to its gradient.',
      [0, 1000],
    ),
    ...(recipe.optimizer.name === 'adam' ? ofAdam(recipe) : ofSgd(recipe)),
  ];
}
