// What follows from an experiment's operands and settings before anything is computed.
//
// outChannelsOf(experiment)     how many output maps there are
// filtersOf(experiment)         how many filters its weight has, also while a pooling is shown
// questionOf(experiment)        what refusals, control ends, mending and ways out ask
// refusalIn(experiment)         why it cannot be computed, or null
// outputShapeOf(experiment)     (C_out, H_out, W_out), or null
// stepsOf(experiment)           how its height and its width come about, as the API's `step`

import { adaptiveStep } from '../operations/adaptive_axis.js';
import { ofKind, poolAxes } from '../operations/pool_window.js';
import { isPooling } from '../operations/checks.js';
import { refusalOf } from '../operations/refusals.js';
import { axesOf, readSettings } from '../settings.js';
import { sizeStep } from '../operations/size.js';
import { outputSize } from '../operations/axis.js';
import { transposedAxes, transposedSize, transposedStep } from '../operations/transposed_axis.js';
import { layoutOf } from './weight_layout.js';
import { capsOf } from './caps.js';

/**
 * @typedef {import('./experiment.js').Experiment} Experiment
 * @typedef {import('../operations/size.js').SizeStep} SizeStep
 * @typedef {ReturnType<typeof transposedStep>} TransposedStep
 * @typedef {ReturnType<typeof adaptiveStep>} AdaptiveStep
 * @typedef {SizeStep | TransposedStep | AdaptiveStep} Step
 */

/** How many filters the weight has. @param {Experiment} experiment */
export function filtersOf(experiment) {
  return layoutOf(experiment).outChannels;
}

/** How many output maps there are. @param {Experiment} experiment */
export function outChannelsOf(experiment) {
  return isPooling(experiment.operation) ? experiment.input.shape[0] : filtersOf(experiment);
}

/**
 * What refusalOf, controlEnd, mended and waysOut ask of an experiment.
 * @param {Experiment} experiment
 * @returns {import('./control_range.js').Question}
 */
export function questionOf(experiment) {
  const { operation, settings, input } = experiment;
  return {
    operation,
    settings,
    shape: input.shape,
    outChannels: outChannelsOf(experiment),
    caps: capsOf(experiment),
  };
}

/** Why an experiment cannot be computed; null where it can. @param {Experiment} experiment */
export function refusalIn(experiment) {
  const { operation, settings, shape, outChannels } = questionOf(experiment);
  return refusalOf(operation, settings, shape, outChannels);
}

/**
 * The shape of the output; null where there is none.
 * @param {Experiment} experiment
 * @returns {[number, number, number] | null}
 */
export function outputShapeOf(experiment) {
  if (refusalIn(experiment)) return null;
  const { operation, settings, input } = experiment;
  const [, height, width] = input.shape;
  const own = readSettings(settings);
  const channels = outChannelsOf(experiment);
  if (operation === 'conv2d') {
    const axes = axesOf(own, height, width);
    return [channels, outputSize(axes.height), outputSize(axes.width)];
  }
  if (operation === 'conv_transpose2d') {
    const axes = transposedAxes(own, height, width);
    return [channels, transposedSize(axes.height), transposedSize(axes.width)];
  }
  const axes = poolAxes(ofKind(operation, own), height, width);
  return [channels, axes.height.size, axes.width.size];
}

/**
 * How the output's height and width come about, with every number; for what is not refused.
 * @param {Experiment} experiment
 * @returns {{height: Step, width: Step}}
 */
export function stepsOf({ operation, settings, input: { shape } }) {
  const [, height, width] = shape;
  const own = readSettings(settings);
  if (operation === 'conv_transpose2d') {
    const axes = transposedAxes(own, height, width);
    return { height: transposedStep(axes.height), width: transposedStep(axes.width) };
  }
  const { outputSize: wanted } = operation === 'conv2d' ? own : ofKind(operation, own);
  if (wanted && operation !== 'conv2d') {
    return {
      height: adaptiveStep(height, wanted[0] ?? height),
      width: adaptiveStep(width, wanted[1] ?? width),
    };
  }
  const axes = axesOf(own, height, width);
  return { height: sizeStep(axes.height), width: sizeStep(axes.width) };
}
