// An experiment as texts for a link, in PyTorch's words, and back.
//
// writeExperiment(experiment)              the text of all that departs from the example
// readExperiment(get, input?)              the experiment that texts name, the nearest possible one

import { withBias } from './change_weight.js';
import { withInput } from './change_input.js';
import { OPERATIONS, withOperation } from './change_settings.js';
import { EXAMPLE } from './example.js';
import { MOST_FILTERS } from './limits.js';
import { mendedExperiment } from './mended.js';
import { isEqual, readInput, readWeight, writeInput } from './operand_code.js';
import { readSettingsText, writeSettings } from './settings_code.js';
import { outputShapeOf } from './shapes.js';
import { decodeValues, encodeValues } from './values_code.js';

/**
 * @typedef {import('./experiment.js').Experiment} Experiment
 * @typedef {import('./experiment.js').Values} Values
 * @typedef {import('./mended.js').Notice} Notice
 * @typedef {(name: string) => string | null} Get  the text of a name
 */

/** The names of the texts beside those of the settings. */
export const OPERAND_NAMES = ['operation', 'input', 'weight', 'bias', 'output_gradient'];

/**
 * The text of all that departs from the example, by name.
 * @param {Experiment} experiment
 * @returns {Record<string, string>}
 */
export function writeExperiment(experiment) {
  const { operation, input, weight, bias, settings, outputGradient } = experiment;
  /** @type {Record<string, string>} */
  const texts = {};
  if (operation !== EXAMPLE.operation) texts.operation = operation;
  Object.assign(texts, writeSettings(operation, settings));
  if (!isEqual(input, EXAMPLE.input)) texts.input = writeInput(input);
  const plain = withInput(withOperation(EXAMPLE, operation), input);
  if (!isEqual(weight, plain.weight)) texts.weight = encodeValues(weight);
  if (bias) texts.bias = encodeValues({ shape: [bias.length], data: bias });
  if (outputGradient) texts.output_gradient = encodeValues(outputGradient);
  return texts;
}

/**
 * The experiment that texts name. What cannot be read is left as in the example, what is impossible is
 * brought to the nearest that can be; the notice says so, of several the first.
 * @param {Get} get
 * @param {Values} [given]  the input, where it is not among the texts
 * @returns {{experiment: Experiment, notice: Notice | null}}
 */
export function readExperiment(get, given) {
  /** @type {Notice[]} */
  const notices = [];
  const tell = (/** @type {string} */ field, /** @type {string} */ what) => {
    notices.push({ field, sentence: `The link’s ${what} cannot be read; the usual one is shown.` });
  };
  const operation = get('operation') ?? EXAMPLE.operation;
  const known = OPERATIONS.find((one) => one === operation);
  if (!known) tell('operation', 'operation');
  const asked = readSettingsText(known ?? EXAMPLE.operation, get);
  if (asked.unread) tell(asked.unread, asked.unread);
  const operands = withOperands(
    withOperation(EXAMPLE, known ?? EXAMPLE.operation),
    { get, given, groups: Number(asked.settings.groups ?? 1) },
    tell,
  );
  const settings = { ...operands.settings, ...asked.settings };
  const possible = mendedExperiment(operands, settings) ?? { experiment: operands, notice: null };
  if (possible.notice) notices.push(possible.notice);
  const experiment = withGradient(possible.experiment, get('output_gradient'));
  return { experiment, notice: notices[0] ?? null };
}

/**
 * The experiment with the input, the weight and the bias that texts name.
 * @param {Experiment} plain
 * @param {{get: Get, given: Values | undefined, groups: number}} link
 * @param {(field: string, what: string) => void} tell  called where one cannot be read
 * @returns {Experiment}
 */
function withOperands(plain, { get, given, groups }, tell) {
  let experiment = plain;
  const [inputText, weightText, biasText] = ['input', 'weight', 'bias'].map(get);
  const input = given ?? (inputText === null ? EXAMPLE.input : readInput(inputText));
  if (input) experiment = withInput(experiment, input);
  else tell('input', 'input');
  if (weightText !== null) {
    const weighted = readWeight(experiment, weightText, groups);
    if (weighted) experiment = weighted;
    else tell('weight', 'kernel');
  }
  if (biasText !== null) {
    const bias = decodeValues(biasText, [MOST_FILTERS]);
    if (bias) experiment = withBias(experiment, bias.data);
    else tell('bias', 'bias');
  }
  return experiment;
}

/**
 * The experiment with the output gradient that a text names, where it is one of its output.
 * @param {Experiment} experiment
 * @param {string | null} text
 * @returns {Experiment}
 */
function withGradient(experiment, text) {
  const shape = text === null ? null : outputShapeOf(experiment);
  const outputGradient = shape && decodeValues(String(text), shape);
  const isFitting = outputGradient?.shape.every((size, axis) => size === shape?.[axis]);
  return isFitting ? { ...experiment, outputGradient } : experiment;
}
