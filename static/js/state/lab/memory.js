// What the present experiment was made from, so that going there and back loses nothing: a kernel made
// smaller and larger again, an input resized, an operation left and taken up again.
//
// kernelSource()            the weight that the present one was cut from
// rememberKernel(source)    after a change of size
// redrawn(height, width, channels) the input drawn anew in another size, or null
// rememberInput(draw)       how the present input is drawn
// uncut()                   the present experiment before it had to be cut to a small input
// rememberCut(whole)        after an experiment was shown: what of it was cut
// forgetCut(names)          once these settings were chosen anew
// earlierSettings(operation), rememberSettings()

import { withSettings } from '../../core/experiment/change_settings.js';
import { settingText } from '../../core/experiment/difference.js';
import { pattern } from '../../core/input/patterns.js';
import { patternOf } from '../../core/link/operand_code.js';
import { EXAMPLE } from '../../core/experiment/experiment.js';
import { operationNamed, operationOf } from '../../core/operations/registry.js';
import { experiment } from './history.js';

/**
 * @typedef {import('../../core/experiment/experiment.js').Values} Values
 * @typedef {import('../../core/experiment/experiment.js').Operation} Operation
 * @typedef {import('../../core/settings.js').LayerSettings} LayerSettings
 * @typedef {(height: number, width: number, channels: number) => Values | null} Draw
 */

/** @type {{result: Values, source: Values}} */
let kernel = { result: EXAMPLE.weight, source: EXAMPLE.weight };

/** @type {{result: Values, draw: Draw}} */
let drawn = { result: EXAMPLE.input, draw: (...size) => pattern('glyph', ...size) };

/**
 * The settings that had to give way to a small input, and what each was before.
 * @type {{operation: Operation, settings: Map<string, {from: unknown, to: unknown}>}}
 */
let cut = { operation: EXAMPLE.operation, settings: new Map() };

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

/** The present experiment with all that had to give way to its input, where nobody changed it since. */
export function uncut() {
  const now = experiment.value;
  if (cut.operation !== now.operation || cut.settings.size === 0) return now;
  const source = kernelSource();
  const sourceSize = settingText(source.shape.slice(2));
  /** @type {Map<string, unknown>} */
  const settings = new Map(Object.entries(now.settings));
  for (const [name, { from, to }] of cut.settings) {
    const isLost =
      name === 'kernel_size' && operationOf(now).hasWeight && settingText(from) !== sourceSize;
    if (settingText(settings.get(name)) === settingText(to) && !isLost) settings.set(name, from);
  }
  return withSettings(now, Object.fromEntries(settings), source);
}

/**
 * Remembers what had to give way, once an experiment is shown as far as its input allows.
 * @param {import('../../core/experiment/experiment.js').Experiment} whole  as it was wished for
 * @returns {string[]} the settings that did
 */
export function rememberCut(whole) {
  const now = experiment.value;
  const shown = new Map(Object.entries(now.settings));
  const settings = Object.entries(whole.settings).flatMap(([name, from]) => {
    const to = shown.get(name);
    return settingText(from) === settingText(to)
      ? []
      : [/** @type {const} */ ([name, { from, to }])];
  });
  cut = { operation: now.operation, settings: new Map(settings) };
  if (settings.length > 0) rememberKernel(whole.weight);
  return settings.map(([name]) => name);
}

/** What is chosen anew is as it should be. @param {readonly string[]} names */
export function forgetCut(names) {
  for (const name of names) cut.settings.delete(name);
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
  return left.get(operationNamed(operation).family);
}

/** Remembers the present settings for when their operation is taken up again. */
export function rememberSettings() {
  const { operation, settings } = experiment.value;
  left.set(operationNamed(operation).family, settings);
}
