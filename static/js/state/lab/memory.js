// What the present experiment was made from, so that going there and back loses nothing: a kernel made
// smaller and larger again, an input resized, an operation left and taken up again.
//
// kernelSource()            the weight that the present one was cut from
// rememberKernel(source)    after a change of size
// redrawn(height, width, channels) the input drawn anew in another size, or null
// rememberInput(draw)       how the present input is drawn
// earlierSettings(operation), rememberSettings()

import { familyOf } from '../../core/lab/change_settings.js';
import { pattern } from '../../core/lab/patterns.js';
import { patternOf } from '../../core/lab/operand_code.js';
import { EXAMPLE } from '../../core/lab/experiment.js';
import { experiment } from './history.js';

/**
 * @typedef {import('../../core/lab/experiment.js').Values} Values
 * @typedef {import('../../core/lab/experiment.js').Operation} Operation
 * @typedef {import('../../core/settings.js').LayerSettings} LayerSettings
 * @typedef {(height: number, width: number, channels: number) => Values | null} Draw
 */

/** @type {{result: Values, source: Values}} */
let kernel = { result: EXAMPLE.weight, source: EXAMPLE.weight };

/** @type {{result: Values, draw: Draw}} */
let drawn = { result: EXAMPLE.input, draw: (...size) => pattern('glyph', ...size) };

/** @type {Map<string, LayerSettings>} */
const left = new Map();

/** The weight that the present one was cut from, or the present one. */
export function kernelSource() {
  const { weight } = experiment.value;
  return kernel.result === weight ? kernel.source : weight;
}

/**
 * Remembers what the present weight was cut from.
 * @param {Values} source
 */
export function rememberKernel(source) {
  kernel = { result: experiment.value.weight, source };
}

/** Smaller inputs look like several patterns at once. */
const TELLING_LINES = 4;

/**
 * How the present input is drawn: as it was made and not edited since, or as the pattern that it is.
 * @returns {Draw | null}
 */
function drawing() {
  const { input } = experiment.value;
  if (drawn.result === input) return drawn.draw;
  const [, height, width] = input.shape;
  const name = Math.min(height, width) < TELLING_LINES ? undefined : patternOf(input);
  return name === undefined ? null : (...size) => pattern(name, ...size);
}

/**
 * The input as it would be in another size; null where it was not drawn to a size.
 * @param {number} height
 * @param {number} width
 * @param {number} channels
 * @returns {{values: Values, draw: Draw} | null}
 */
export function redrawn(height, width, channels) {
  const draw = drawing();
  const values = draw && draw(height, width, channels);
  return values?.shape[0] === channels ? { values, draw: /** @type {Draw} */ (draw) } : null;
}

/**
 * Remembers how the present input is drawn.
 * @param {Draw} draw
 */
export function rememberInput(draw) {
  drawn = { result: experiment.value.input, draw };
}

/** The settings with which an operation's kind was left. @param {Operation} operation */
export function earlierSettings(operation) {
  return left.get(familyOf(operation));
}

/** Remembers the present settings for when their operation is taken up again. */
export function rememberSettings() {
  const { operation, settings } = experiment.value;
  left.set(familyOf(operation), settings);
}
