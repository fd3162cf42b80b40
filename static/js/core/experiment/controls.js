// What the controls of an operation show, and where each of them ends.

import { controlEnd } from './control_range.js';
import { refusalOf } from '../operations/registry.js';
import { readSettings } from '../settings.js';
import { FLOORS, LAB_CAPS } from '../limits.js';
import { questionOf } from './shapes.js';

/**
 * @import {LayerSettings} from '../settings.js'
 * @import {Field, Part} from './control_range.js'
 * @import {Experiment} from './experiment.js'
 *
 * `scale` is what the slider's whole length stands for; from `least` to `most` it can be moved, and
 * `below` and `above` say why no further.
 * @typedef {{
 *   readonly field: Field,
 *   readonly part: Part,
 *   readonly value: number,
 *   readonly scale: number,
 *   readonly floor: number,
 *   readonly least: number,
 *   readonly most: number,
 *   readonly below: string,
 *   readonly above: string,
 * }} Slider
 *
 * What is set side by side: height beside width, and the four sides of the padding.
 * @typedef {{readonly isApart: boolean, readonly isBySide: boolean}} Apart
 * @typedef {'number' | 'valid' | 'same' | 'sides'} PaddingKind
 */

/** Lengths of a slider's scale: the first that leaves room behind its end is taken. */
const SCALES = [6, 10, 16];

/** @type {readonly Field[]} */
const PAIRED = ['kernel_size', 'stride', 'padding', 'dilation', 'output_padding'];

/**
 * The number that each part of a setting has.
 * @param {LayerSettings} settings
 * @param {Field} field
 * @returns {Record<Part, number>}
 */
function partsOf(settings, field) {
  const { kernelSize, stride, dilation, outputPadding, padding } = readSettings(settings);
  if (field === 'padding') {
    return { ...padding, height: padding.top, width: padding.left, both: padding.top };
  }
  const pairs = { kernel_size: kernelSize, stride, dilation, output_padding: outputPadding };
  const [height, width] = pairs[field];
  return { height, width, both: height, top: height, bottom: height, left: width, right: width };
}

/**
 * The sliders of a setting: one for both sides, one for each, or, of a padding that is given by
 * side, four.
 * @param {Experiment} experiment
 * @param {Field} field
 * @param {Apart} apart
 * @returns {Slider[]}
 */
export function slidersOf(experiment, field, apart) {
  return parts(experiment, field, apart).map((part) => sliderOf(experiment, field, part));
}

/** @param {Experiment} experiment @param {Field} field @param {Apart} apart @returns {readonly Part[]} */
function parts({ settings }, field, { isApart, isBySide }) {
  if (field === 'padding' && paddingKindOf(settings, isBySide) === 'sides') {
    return ['top', 'bottom', 'left', 'right'];
  }
  return isApart ? ['height', 'width'] : ['both'];
}

/** @param {Experiment} experiment @param {Field} field @param {Part} part @returns {Slider} */
function sliderOf(experiment, field, part) {
  const value = partsOf(experiment.settings, field)[part];
  const end = controlEnd(questionOf(experiment), field, part);
  // Where no value is possible another control has to give way: this one stands still meanwhile.
  const { least, most, below, above } = end ?? stuckAt(value);
  const cap = LAB_CAPS[field];
  const floor = FLOORS[field];
  const scale =
    most === cap ? cap : (SCALES.find((length) => length > most && length <= cap) ?? cap);
  const reached = { least: Math.min(least, value), most: Math.max(most, value) };
  return { field, part, value, scale: Math.max(scale, value), floor, ...reached, below, above };
}

/** @param {number} value */
function stuckAt(value) {
  const why = 'No other value helps while the other settings are as they are.';
  return { least: value, most: value, below: why, above: why };
}

/** Whether height and width differ in any setting. @param {LayerSettings} settings */
export function isSplit(settings) {
  return PAIRED.some((field) => {
    const { height, width } = partsOf(settings, field);
    return height !== width && (field !== 'padding' || paddingKindOf(settings, false) === 'number');
  });
}

/**
 * The settings with the height's numbers for the width too; a padding given by side stays.
 * @param {LayerSettings} settings
 * @returns {LayerSettings}
 */
export function joined(settings) {
  const split = PAIRED.filter((field) => Array.isArray(settings[field]) || field === 'padding');
  const numbers = split.flatMap((field) =>
    field === 'padding' && paddingKindOf(settings, false) !== 'number'
      ? []
      : [[field, partsOf(settings, field).height]],
  );
  return { ...settings, ...Object.fromEntries(numbers) };
}

/**
 * How the padding is given. Four sides of which two and two are alike are (height, width) as well.
 * @param {LayerSettings} settings
 * @param {boolean} isBySide  whether each side is to be set by itself all the same
 * @returns {PaddingKind}
 */
export function paddingKindOf({ padding = 0 }, isBySide) {
  if (padding === 'same' || padding === 'valid') return padding;
  const { top, bottom, left, right } = readSettings({ padding }).padding;
  return isBySide || top !== bottom || left !== right ? 'sides' : 'number';
}

/**
 * The settings with their padding given another way, its numbers kept as far as they can be.
 * @param {LayerSettings} settings
 * @param {PaddingKind} kind
 * @returns {LayerSettings}
 */
export function paddedAs(settings, kind) {
  if (kind === 'same' || kind === 'valid') return { ...settings, padding: kind };
  const sides = readSettings(settings).padding;
  const { top, left } = sides;
  const number = top === left ? top : [top, left];
  return { ...settings, padding: kind === 'sides' ? sides : number };
}

/**
 * Why an experiment with other settings is impossible; null where it is not.
 * @param {Experiment} experiment
 * @param {LayerSettings} settings
 */
export function whyNot(experiment, settings) {
  return refusalOf({ ...questionOf(experiment), settings })?.sentence ?? null;
}
