// What the present experiment was made from, so that going there and back loses nothing: a kernel made
// smaller and larger again, an input resized, an operation left and taken up again.
//
// kernelSource()            the weight that the present one was cut from
// rememberKernel(source)    after a change of size
// resizedInput(height, width)      the input drawn anew at another size, or null
// rememberInput(draw)       how the present input is drawn
// earlierSettings(operation), rememberSettings()

import { familyOf } from '../../core/lab/change_settings.js';
import { pattern } from '../../core/lab/patterns.js';
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

/**
 * The input as it would be at another size, where it was drawn to a size and not edited since.
 * @param {number} height
 * @param {number} width
 */
export function resizedInput(height, width) {
  const { input } = experiment.value;
  if (drawn.result !== input) return null;
  return drawn.draw(height, width, input.shape[0]);
}

/**
 * Remembers how the present input is drawn; without an argument, as before.
 * @param {Draw} [draw]
 */
export function rememberInput(draw = drawn.draw) {
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
