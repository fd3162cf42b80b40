// What stands on the stage: input, kernel and output, or their gradients too, each a station of one
// plane of cells a channel.
//
// stationsOf(experiment, see)                   the stations with the size of their planes
// shownFilter(experiment, channel, filter)      whose kernel stands beside an input channel

import { isPooling } from '../operations/checks.js';
import { outChannelsOf } from '../experiment/experiment.js';
import { partnersOf } from './channels.js';
import { relationOf } from './relation.js';

/**
 * @typedef {import('../experiment/experiment.js').Experiment} Experiment
 * @typedef {import('./board.js').Side} Side
 * @typedef {import('./board.js').Station} Station
 */

/**
 * The stations of a view, in the order of the calculation.
 * @param {Experiment} experiment
 * @param {{kind: string}} see
 * @returns {Station[]}
 */
export function stationsOf(experiment, see) {
  const { rows, columns } = relationOf(experiment);
  const isPool = isPooling(experiment.operation);
  const plane = (
    /** @type {Side} */ side,
    /** @type {number} */ channels,
    /** @type {import('./relation.js').Drawn} */ down,
    /** @type {import('./relation.js').Drawn} */ across,
  ) => ({
    side,
    channels,
    rows: down.count,
    columns: across.count,
    first: { row: down.first, column: across.first },
    most: { rows: down.count, columns: across.count },
  });
  const channels = experiment.input.shape[0];
  const input = plane('input', channels, rows.input, columns.input);
  const output = {
    ...plane('output', outChannelsOf(experiment), rows.output, columns.output),
    most: mostOf(experiment),
  };
  const kernel = plane('kernel', isPool ? 1 : channels, kernelLines(rows), kernelLines(columns));
  if (see.kind !== 'backward') {
    /** @type {Station[]} */
    const middle = [{ ...kernel, role: isPool ? 'window' : 'kernel' }];
    // A global pooling's window is the input itself.
    const isGlobal = experiment.operation.startsWith('global');
    return [
      { ...input, role: 'input' },
      ...(isGlobal ? [] : middle),
      { ...output, role: 'output' },
    ];
  }
  /** @type {Station[]} */
  const weights = [
    { ...kernel, role: 'kernel' },
    { ...kernel, role: 'kernel_gradient' },
  ];
  return [
    { ...input, role: 'input' },
    { ...input, role: 'input_gradient' },
    ...(isPool ? [] : weights),
    { ...output, role: 'output_gradient' },
  ];
}

/** @param {import('./relation.js').AxisRelation} axis */
function kernelLines({ kernel }) {
  return { first: 0, count: kernel, size: kernel };
}

/**
 * The largest output that stride, kernel and dilation leave room for: the stage keeps it free, so
 * that the input stays where it is when one of these is changed.
 * @param {Experiment} experiment
 */
function mostOf(experiment) {
  const { rows, columns } = relationOf(experiment);
  const most = (/** @type {import('./relation.js').AxisRelation} */ { input, output, kernel }) =>
    experiment.operation === 'conv_transpose2d'
      ? output.count
      : Math.max(output.count, input.count - kernel + 1);
  return { rows: most(rows), columns: most(columns) };
}

/**
 * The filter whose kernel slice is shown beside an input channel: in its own group, the one that
 * stands where the chosen one does in its group.
 * @param {Experiment} experiment
 * @param {number} channel  of the input
 * @param {number} filter  the chosen output channel
 */
export function shownFilter(experiment, channel, filter) {
  const own = partnersOf(experiment, 'input', channel);
  return own[filter % own.length];
}
