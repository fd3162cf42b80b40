// Pairs that are worth comparing: on the input that is shown, of kernels and settings of their own.

import { withOperation, withSettings } from '../experiment/change_settings.js';
import { withInChannels, withInput } from '../experiment/change_input.js';
import { withOutChannels, withWeight } from '../experiment/change_weight.js';
import { EXAMPLE } from '../experiment/example.js';
import { layoutOf } from '../experiment/weight_layout.js';
import { refusalIn } from '../experiment/shapes.js';
import { pattern } from '../input/patterns.js';
import { once } from '../once.js';
import { chainOf, composed } from './stack.js';

/**
 * @import {Experiment, Values} from '../experiment/experiment.js'
 * @import {LayerSettings} from '../settings.js'
 *
 * What stands in the middle, what is compared with it, and whether that is done twice in a row.
 * @typedef {{experiment: Experiment, other: Experiment, isTwice: boolean}} Compared
 * @typedef {{
 *   readonly name: string,
 *   readonly title: string,
 *   readonly line: string,
 *   readonly make: (now: Experiment) => Compared,
 * }} Pair
 */

/** A convolution that moves by one and keeps the size. @type {LayerSettings} */
const PLAIN = {
  stride: 1,
  padding: 'same',
  dilation: 1,
  groups: 1,
  padding_mode: 'zeros',
  flip_kernel: false,
};

/**
 * The input of an experiment, under well-known kernels: those that stand there say something else, and
 * as often nothing. Where all values are equal nothing can be seen either, and the glyph is the input.
 * @type {(input: Values) => Experiment}
 */
const onInput = once((input) => {
  const [channels, height, width] = input.shape;
  const isFlat = input.data.every((value) => value === input.data[0]);
  const drawn = isFlat ? pattern('glyph', height, width, channels) : null;
  return withInput(EXAMPLE, drawn ?? input);
});

/**
 * A plain convolution of this kernel size on the same input.
 * @param {Experiment} now
 * @param {number} size
 * @param {LayerSettings} [settings]
 */
function convolution(now, size, settings = {}) {
  return withSettings(onInput(now.input), { ...PLAIN, ...settings, kernel_size: size });
}

/** A pooling of windows side by side on the same input. @param {Experiment} now @param {'max' | 'average'} operation */
function pooling(now, operation) {
  const made = withOperation(onInput(now.input), operation);
  const settings = { kernel_size: 2, stride: 2, padding: 0, dilation: 1, ceil_mode: false };
  return withSettings(made, { ...made.settings, ...settings });
}

/**
 * The weight of a convolution with its gaps filled in by zeros: what dilation 2 is without dilation.
 * @param {Experiment} dilated
 */
function filledIn(dilated) {
  const { outChannels, inChannels, kernelSize } = layoutOf(dilated);
  const [height, width] = kernelSize;
  const [rows, columns] = [2 * height - 1, 2 * width - 1];
  const data = new Float64Array(outChannels * inChannels * rows * columns);
  dilated.weight.data.forEach((value, index) => {
    const [kernel, place] = [Math.floor(index / (height * width)), index % (height * width)];
    const [row, column] = [Math.floor(place / width), place % width];
    data[(kernel * rows + 2 * row) * columns + 2 * column] = value;
  });
  return { shape: [outChannels, inChannels, rows, columns], data };
}

/** Each with what to see in it, and how it is made of an experiment. @type {readonly Pair[]} */
export const PAIRS = [
  {
    name: 'stride-pooling',
    title: 'Stride 2 against pooling',
    line: 'Both halve the picture. One chooses by its weights, the other keeps what is largest and has none.',
    make: (now) => ({
      experiment: convolution(now, 3, { stride: 2, padding: 1 }),
      other: pooling(now, 'max'),
      isTwice: false,
    }),
  },
  {
    name: 'dilation-size',
    title: 'Dilation 2 against 5 × 5',
    line: 'A 5 × 5 kernel whose gaps are zeros gives the same numbers with 25 weights that dilation gives with 9.',
    make: (now) => {
      const experiment = convolution(now, 3, { dilation: 2 });
      const other = withWeight(convolution(now, 5), filledIn(experiment));
      return { experiment, other, isTwice: false };
    },
  },
  {
    name: 'one-two',
    title: 'One 5 × 5 against two 3 × 3',
    line: 'Two small kernels in a row see as far as a large one, with fewer weights. Away from the border these two give the same.',
    make: (now) => {
      const other = convolution(now, 3);
      const [first, second] = chainOf(other, true);
      const one = withOutChannels(convolution(now, 5), layoutOf(second).outChannels);
      return { experiment: withWeight(one, composed(first, second)), other, isTwice: true };
    },
  },
  {
    name: 'max-average',
    title: 'Max against average pooling',
    line: 'The largest value of a window is found again when it moves a little; the mean blurs it.',
    make: (now) => ({
      experiment: pooling(now, 'max'),
      other: pooling(now, 'average'),
      isTwice: false,
    }),
  },
  {
    name: 'zeros-reflect',
    title: 'Zeros against reflection',
    line: 'Zeros around a picture are an edge that is not in it. A mirror image has none.',
    make: (now) => {
      const experiment = convolution(now, 3, { padding: 1 });
      const other = withSettings(experiment, { ...experiment.settings, padding_mode: 'reflect' });
      return { experiment, other, isTwice: false };
    },
  },
  {
    name: 'standard-depthwise',
    title: 'Standard against depthwise',
    line: 'With as many groups as channels each filter sees one channel alone, at a third of the weights for three.',
    make: (now) => {
      const channels = Math.max(3, now.input.shape[0]);
      const wide = withInChannels(convolution(now, 3), channels);
      const experiment = withOutChannels(wide, channels);
      const settings = { ...experiment.settings, groups: channels };
      return { experiment, other: withSettings(experiment, settings), isTwice: false };
    },
  },
];

/**
 * Why a pair cannot be shown as it is meant on the present input; null where it can.
 * @param {Pair} pair
 * @param {Experiment} now
 * @returns {string | null}
 */
export function pairRefusal({ make }, now) {
  const { experiment, other } = make(now);
  const refusal = refusalIn(experiment) ?? refusalIn(other);
  return refusal && refusal.sentence.split(' Use ')[0];
}
