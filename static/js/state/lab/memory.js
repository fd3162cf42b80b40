// What the present experiment was made from, so that going there and back loses nothing: a kernel made
// smaller and larger again, an input resized, an operation left and taken up again.

import { withSettings } from '../../core/experiment/change_settings.js';
import { settingText } from '../../core/experiment/difference.js';
import { pattern } from '../../core/input/patterns.js';
import { patternOf } from '../../core/link/operand_code.js';
import { EXAMPLE } from '../../core/experiment/experiment.js';
import { operationNamed, operationOf } from '../../core/operations/registry.js';

/**
 * @import {Experiment, Operation, Values} from '../../core/experiment/experiment.js'
 * @import {LayerSettings} from '../../core/settings.js'
 * @import {LabState} from './store.js'
 * @typedef {(height: number, width: number, channels: number) => Values | null} Draw
 */

/** What a Lab remembers. */
export class Memory {
  /** What the present weight was cut from. @type {{result: Values, source: Values}} */
  kernel = { result: EXAMPLE.weight, source: EXAMPLE.weight };

  /** How the present input was drawn. @type {{result: Values, draw: Draw}} */
  drawn = { result: EXAMPLE.input, draw: (...size) => pattern('glyph', ...size) };

  /**
   * The settings that had to give way to a small input, and what each was before.
   * @type {{operation: Operation, settings: Map<string, {from: unknown, to: unknown}>}}
   */
  cut = { operation: EXAMPLE.operation, settings: new Map() };

  /** The settings with which an operation's kind was left. @type {Map<string, LayerSettings>} */
  left = new Map();
}

/** The weight that the present one was cut from, or the present one. @param {LabState} lab */
export function kernelSource(lab) {
  const { weight } = lab.experiment.value;
  return lab.memory.kernel.result === weight ? lab.memory.kernel.source : weight;
}

/** Remembers what the present weight was cut from. @param {LabState} lab @param {Values} source */
export function rememberKernel(lab, source) {
  lab.memory.kernel = { result: lab.experiment.value.weight, source };
}

/** The present experiment with all that had to give way to its input, where nobody changed it since. @param {LabState} lab */
export function uncut(lab) {
  const now = lab.experiment.value;
  if (lab.memory.cut.operation !== now.operation || lab.memory.cut.settings.size === 0) return now;
  const source = kernelSource(lab);
  const sourceSize = settingText(source.shape.slice(2));
  /** @type {Map<string, unknown>} */
  const settings = new Map(Object.entries(now.settings));
  for (const [name, { from, to }] of lab.memory.cut.settings) {
    const isLost =
      name === 'kernel_size' && operationOf(now).hasWeight && settingText(from) !== sourceSize;
    if (settingText(settings.get(name)) === settingText(to) && !isLost) settings.set(name, from);
  }
  return withSettings(now, Object.fromEntries(settings), source);
}

/**
 * Remembers what had to give way, once an experiment is shown as far as its input allows.
 * @param {LabState} lab
 * @param {Experiment} whole  as it was wished for
 * @returns {string[]} the settings that did
 */
export function rememberCut(lab, whole) {
  const now = lab.experiment.value;
  const shown = new Map(Object.entries(now.settings));
  const settings = Object.entries(whole.settings).flatMap(([name, from]) => {
    const to = shown.get(name);
    return settingText(from) === settingText(to)
      ? []
      : [/** @type {const} */ ([name, { from, to }])];
  });
  lab.memory.cut = { operation: now.operation, settings: new Map(settings) };
  if (settings.length > 0) rememberKernel(lab, whole.weight);
  return settings.map(([name]) => name);
}

/** What is chosen anew is as it should be. @param {LabState} lab @param {readonly string[]} names */
export function forgetCut(lab, names) {
  for (const name of names) lab.memory.cut.settings.delete(name);
}

/** Smaller inputs look like several patterns at once. */
const TELLING_LINES = 4;

/**
 * How the present input is drawn: as it was made and not edited since, or as the pattern that it is.
 * @param {LabState} lab
 * @returns {Draw | null}
 */
function drawing(lab) {
  const { input } = lab.experiment.value;
  if (lab.memory.drawn.result === input) return lab.memory.drawn.draw;
  const [, height, width] = input.shape;
  const name = Math.min(height, width) < TELLING_LINES ? undefined : patternOf(input);
  return name === undefined ? null : (...size) => pattern(name, ...size);
}

/**
 * The input as it would be in another size; null where it was not drawn to a size.
 * @param {LabState} lab
 * @param {number} height
 * @param {number} width
 * @param {number} channels
 * @returns {{values: Values, draw: Draw} | null}
 */
export function redrawn(lab, height, width, channels) {
  const draw = drawing(lab);
  const values = draw && draw(height, width, channels);
  return values?.shape[0] === channels ? { values, draw: /** @type {Draw} */ (draw) } : null;
}

/** Remembers how the present input is drawn. @param {LabState} lab @param {Draw} draw */
export function rememberInput(lab, draw) {
  lab.memory.drawn = { result: lab.experiment.value.input, draw };
}

/** The settings with which an operation's kind was left. @param {LabState} lab @param {Operation} operation */
export function earlierSettings(lab, operation) {
  return lab.memory.left.get(operationNamed(operation).family);
}

/** Remembers the present settings for when their operation is taken up again. @param {LabState} lab */
export function rememberSettings(lab) {
  const { operation, settings } = lab.experiment.value;
  lab.memory.left.set(operationNamed(operation).family, settings);
}
