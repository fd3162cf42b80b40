// What is changed of the network and its images: starting weights, what lies between its layers, augmentation.

import { ABOVE, BELOW, BETWEEN, number, onOff } from './control_rows.js';
import { AUGMENTATION, DROPOUT } from './recipe.js';

/**
 * @import {Recipe} from './recipe.js'
 * @import {Row} from './control_rows.js'
 */

/** @param {Recipe} recipe @returns {Row[]} */
export function beginning(recipe) {
  return [
    {
      ...{ kind: 'choice', path: 'initialization', text: 'weights', value: recipe.initialization },
      options: [
        {
          value: 'article',
          text: 'article',
          title: 'Convolutions from normal(0, 0.01), dense layers by Xavier, biases 0.',
          sets: 'article',
        },
        { value: 'default', text: 'PyTorch', title: 'As PyTorch draws them.', sets: 'default' },
        {
          value: 'normal',
          text: 'normal',
          title: 'All from a normal distribution of a width of your own.',
          sets: 'normal',
        },
      ],
    },
    ...(recipe.initialization === 'normal'
      ? [
          number(
            recipe,
            'initialization_scale',
            'width',
            'The standard deviation of the starting weights.',
            [0, 100],
            ABOVE,
          ),
        ]
      : []),
  ];
}

/** @param {Recipe} recipe @returns {Row[]} */
export function between(recipe) {
  return [
    onOff(
      recipe,
      'dropout',
      'dropout',
      'Units of fc1 are left out by chance, in training only.',
      DROPOUT,
    ),
    ...(recipe.dropout === null
      ? []
      : [
          number(
            recipe,
            'dropout',
            'share left out',
            'Of the units of fc1, in each batch.',
            [0, 1],
            BETWEEN,
          ),
        ]),
    onOff(
      recipe,
      'batch_norm',
      'batch norm',
      'Normalizes each channel of conv1 over the batch, before its ReLU.',
    ),
  ];
}

/** @param {Recipe} recipe @returns {Row[]} */
export function augmentation(recipe) {
  const path = (/** @type {string} */ name) => `augmentation.${name}`;
  return [
    onOff(
      recipe,
      'augmentation',
      'moved by chance',
      'Every image is moved a little, each time anew.',
      AUGMENTATION,
    ),
    ...(recipe.augmentation
      ? [
          number(
            recipe,
            path('rotation_degrees'),
            'rotation',
            'By up to so many degrees, either way.',
            [0, 180],
          ),
          number(
            recipe,
            path('scale'),
            'scale',
            'Larger or smaller by up to this share.',
            [0, 1],
            BELOW,
          ),
          number(
            recipe,
            path('shift'),
            'shift',
            'By up to so many pixels, down or across.',
            [0, 28],
          ),
          onOff(
            recipe,
            path('flip'),
            'flip',
            'Mirrored left to right half of the time: right for clothes, harmful for digits.',
          ),
        ]
      : []),
  ];
}
