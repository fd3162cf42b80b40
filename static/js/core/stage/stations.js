// The stations of an experiment: input, kernel and output, or their gradients too.

import { outChannelsOf } from '../experiment/experiment.js';
import { partnersOf } from './channels.js';
import { axesOf, operationOf } from '../operations/registry.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {AxisMap, Drawn} from '../operations/axis_map.js'
 * @import {Side, Station} from './board.js'
 */

/**
 * The stations of a view, in the order of the calculation.
 * @param {Experiment} experiment
 * @param {{kind: string}} see
 * @returns {Station[]}
 */
export function stationsOf(experiment, see) {
  const { height: rows, width: columns } = axesOf(experiment);
  const { hasWeight, hasWindow } = operationOf(experiment);
  const plane = (
    /** @type {Side} */ side,
    /** @type {number} */ channels,
    /** @type {Drawn} */ down,
    /** @type {Drawn} */ across,
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
    // Kept free, so that the input stays where it is when stride, kernel or dilation is changed.
    most: { rows: rows.room, columns: columns.room },
  };
  const kernel = plane('kernel', hasWeight ? channels : 1, kernelLines(rows), kernelLines(columns));
  if (see.kind !== 'backward') {
    /** @type {Station} */
    const middle = { ...kernel, role: hasWeight ? 'kernel' : 'window' };
    return [
      { ...input, role: 'input' },
      ...(hasWeight || hasWindow ? [middle] : []),
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
    ...(hasWeight ? weights : []),
    { ...output, role: 'output_gradient' },
  ];
}

/** @param {AxisMap} axis */
function kernelLines({ kernel }) {
  return { first: 0, count: kernel, size: kernel };
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
