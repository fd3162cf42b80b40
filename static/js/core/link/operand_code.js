// The operands of an experiment as texts for a link, and back.

import { withWeight } from '../experiment/change_weight.js';
import { layoutOf } from '../experiment/weight_layout.js';
import { LAB_CAPS, MOST_CHANNELS, MOST_FILTERS, MOST_LINES } from '../limits.js';
import { PATTERNS, pattern } from '../input/patterns.js';
import { decodeValues, encodeValues } from './values_code.js';

/** @import {Experiment, Values} from '../experiment/experiment.js' */

/** Whether two have the same shape and the same numbers. @param {Values} one @param {Values} two */
export function isEqual(one, two) {
  if (one === two) return true;
  const isAlike = one.shape.length === two.shape.length;
  return (
    isAlike &&
    one.shape.every((size, axis) => size === two.shape[axis]) &&
    one.data.every((value, index) => value === two.data[index])
  );
}

/** The name of the pattern that an input is; undefined where it is none. @param {Values} input */
export function patternOf(input) {
  const [channels, height, width] = input.shape;
  const names = PATTERNS.map(({ name }) => name);
  return names.find((name) => {
    const drawn = pattern(name, height, width, channels);
    return drawn && isEqual(drawn, input);
  });
}

/**
 * The input as text: `ramp.8x8x1` where it is a pattern of height, width and channels, else all of it.
 * @param {Values} input
 */
export function writeInput(input) {
  const [channels, height, width] = input.shape;
  const name = patternOf(input);
  return name ? `${name}.${height}x${width}x${channels}` : encodeValues(input);
}

/** The input that a text stands for, or null. @param {string} text */
export function readInput(text) {
  const [, name, ...numbers] = /^([a-z]+)\.(\d+)x(\d+)x(\d+)$/.exec(text) ?? [];
  if (!name) return decodeValues(text, [MOST_CHANNELS, MOST_LINES, MOST_LINES]);
  const [height, width, channels] = numbers.map(Number);
  const isInside = [height, width].every((size) => size >= 1 && size <= MOST_LINES);
  if (!isInside || channels < 1 || channels > MOST_CHANNELS) return null;
  return pattern(name, height, width, channels);
}

/**
 * The experiment with the weight that a text stands for, fitted to its input; null where the text
 * stands for none.
 * @param {Experiment} experiment
 * @param {string} text
 * @param {number} groups  how many a transposed convolution asks for; another's weight says it itself
 * @returns {{experiment: Experiment, isFitting: boolean} | null}
 */
export function readWeight(experiment, text, groups) {
  const most = LAB_CAPS.kernel_size;
  const larger = Math.max(MOST_FILTERS, MOST_CHANNELS);
  const weight = decodeValues(text, [larger, larger, most, most]);
  if (!weight) return null;
  const [first, second] = weight.shape;
  const { isTransposed, inChannels } = layoutOf(experiment);
  const parts = isTransposed ? groups : inChannels / second;
  const isPossible = Number.isInteger(parts) && parts >= 1 && first % parts === 0;
  const changed = withWeight(experiment, weight, isPossible ? parts : 1);
  const isFitting = changed.weight.shape.every((size, axis) => size === weight.shape[axis]);
  return { experiment: changed, isFitting };
}
