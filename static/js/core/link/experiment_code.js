// An experiment as texts for a link, in PyTorch's words, and back.

import { withBias } from '../experiment/change_weight.js';
import { withInput } from '../experiment/change_input.js';
import { OPERATION_NAMES } from '../operations/registry.js';
import { withOperation } from '../experiment/change_settings.js';
import { EXAMPLE } from '../experiment/example.js';
import { MOST_FILTERS } from '../limits.js';
import { nearestExperiment } from '../experiment/nearest_experiment.js';
import { isEqual, readInput, readWeight, writeInput } from './operand_code.js';
import { readSettingsText, writeSettings } from './settings_code.js';
import { outputShapeOf } from '../experiment/shapes.js';
import { decodeValues, encodeValues } from './values_code.js';

/**
 * @import {Experiment, Values} from '../experiment/experiment.js'
 * @import {Notice} from '../experiment/nearest_experiment.js'
 * @typedef {(name: string) => string | null} Get  the text of a name
 * @typedef {(field: string, sentence: string) => void} Tell
 */

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
 * brought to the nearest that can be; the notice has a sentence for each change.
 * @param {Get} get
 * @param {Values} [given]  the input, where it is not among the texts
 * @returns {{experiment: Experiment, notice: Notice | null}}
 */
export function readExperiment(get, given) {
  /** @type {Notice[]} */
  const notices = [];
  /** @type {Tell} */
  const tell = (field, sentence) => notices.push({ field, sentence });
  const operation = get('operation') ?? EXAMPLE.operation;
  const known = OPERATION_NAMES.find((one) => one === operation);
  if (!known) tell('operation', unread('operation'));
  const asked = readSettingsText(known ?? EXAMPLE.operation, get);
  for (const name of asked.unread) tell(name, unread(name));
  const operands = withOperands(
    withOperation(EXAMPLE, known ?? EXAMPLE.operation),
    { get, given, groups: Number(asked.settings.groups ?? 1) },
    tell,
  );
  const settings = { ...operands.settings, ...asked.settings };
  const possible = nearestExperiment(operands, settings) ?? { experiment: operands, notice: null };
  if (possible.notice) notices.push(possible.notice);
  const experiment = withGradient(possible.experiment, get('output_gradient'), tell);
  const [first] = notices;
  const sentence = notices.map((one) => one.sentence).join(' ');
  return { experiment, notice: first ? { field: first.field, sentence } : null };
}

/** A shape that no values have. */
const NOTHING = [0];

/** @param {string} what */
const unread = (what) => `The link’s ${what} cannot be read; the usual one is shown.`;

/**
 * The experiment with the input, the weight and the bias that texts name.
 * @param {Experiment} plain
 * @param {{get: Get, given: Values | undefined, groups: number}} link
 * @param {Tell} tell  called where one cannot be read, or not taken as it is
 * @returns {Experiment}
 */
function withOperands(plain, { get, given, groups }, tell) {
  let experiment = plain;
  const [inputText, weightText, biasText] = ['input', 'weight', 'bias'].map(get);
  const input = given ?? (inputText === null ? EXAMPLE.input : readInput(inputText));
  if (input) experiment = withInput(experiment, input);
  else tell('input', unread('input'));
  if (weightText !== null) {
    const weighted = readWeight(experiment, weightText, groups);
    if (weighted) ({ experiment } = weighted);
    if (!weighted) tell('weight', unread('kernel'));
    else if (!weighted.isFitting) {
      tell('weight', 'The link’s kernels are for other channels; they are fitted to these.');
    }
  }
  if (biasText !== null) {
    const bias = decodeValues(biasText, [MOST_FILTERS]);
    if (bias) experiment = withBias(experiment, bias.data);
    const filters = experiment.bias?.length;
    if (!bias) tell('bias', unread('bias'));
    else if (bias.data.length !== filters) {
      tell(
        'bias',
        `The link’s bias is for ${bias.data.length} filters; it is fitted to ${filters}.`,
      );
    }
  }
  return experiment;
}

/**
 * The experiment with the output gradient that a text names, where it is one of its output.
 * @param {Experiment} experiment
 * @param {string | null} text
 * @param {Tell} tell  called where it is none
 * @returns {Experiment}
 */
function withGradient(experiment, text, tell) {
  if (text === null) return experiment;
  const shape = outputShapeOf(experiment) ?? NOTHING;
  const outputGradient = decodeValues(text, shape);
  const isFitting = outputGradient?.shape.every((size, axis) => size === shape[axis]);
  if (isFitting) return { ...experiment, outputGradient };
  tell(
    'output_gradient',
    'The link’s output gradient is none of this output; every output value counts 1.',
  );
  return experiment;
}
