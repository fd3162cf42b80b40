// What a cell is and has to do with, as sentences for a screen reader.

import { fixed } from '../number.js';
import { outputGradientOf } from '../experiment/outcome.js';
import { outChannelsOf } from '../experiment/shapes.js';
import { weightAt } from './channels.js';
import { axesOf, operationOf } from '../operations/registry.js';
import { isPadding } from './walk.js';

/**
 * @import {Experiment, Values} from '../experiment/experiment.js'
 * @import {Linked} from './highlight.js'
 * @import {Place} from './place.js'
 * @import {PlanesModel} from './planes.js'
 */

/** What a place is called. @param {Experiment} experiment @param {Place} place */
export function nameOf(experiment, place) {
  const { side, channel, row, column, filter = 0 } = place;
  const at = `row ${row}, column ${column}`;
  const several = side === 'output' ? outChannelsOf(experiment) > 1 : experiment.input.shape[0] > 1;
  if (isPadding(experiment, place))
    return `padding${several ? ` of input ${channel}` : ''} · ${at}`;
  if (side === 'kernel') {
    const of = outChannelsOf(experiment) > 1 || several ? ` ${filter} · channel ${channel}` : '';
    return `kernel${of} · ${at}`;
  }
  return `${side}${several ? ` ${channel}` : ''} · ${at}`;
}

/**
 * A cell as a sentence: what it is called, what it holds, what it has to do with.
 * @param {PlanesModel} model
 * @param {Place} place
 * @param {Linked} links
 */
export function spokenPlace(model, place, links) {
  const { experiment, see } = model;
  const name = nameOf(experiment, place).replaceAll(' · ', ', ');
  const value = valueAt(model, place);
  const said = value === null ? 'empty' : fixed(value, 3);
  return `${name[0].toUpperCase()}${name.slice(1)}: ${said}. ${answer(experiment, see, place, links)}`;
}

/** What a place holds; null where there is nothing. @param {PlanesModel} model @param {Place} place */
export function valueAt({ experiment, outcome, see }, place) {
  const { side, channel, row, column, filter = 0 } = place;
  if (side === 'kernel') {
    return operationOf(experiment).hasWeight
      ? weightAt(experiment, filter, channel, row, column)
      : null;
  }
  if (side === 'output') {
    const values = see.kind === 'backward' ? outputGradientOf(experiment) : outcome.output;
    return values && at(values, channel, row, column);
  }
  const { height: rows, width: columns } = axesOf(experiment);
  const [source, across] = [rows.sourceAt(row), columns.sourceAt(column)];
  return source === null || across === null ? 0 : at(experiment.input, channel, source, across);
}

/** @param {Values} values @param {number} channel @param {number} row @param {number} column */
function at({ shape: [, height, width], data }, channel, row, column) {
  return data[(channel * height + row) * width + column];
}

/**
 * What a place has to do with.
 * @param {Experiment} experiment
 * @param {{kind: string}} see
 * @param {Place} place
 * @param {Linked} links
 */
function answer(experiment, see, place, { input, output }) {
  const outputs = output.filter(({ isGone }) => !isGone).length;
  if (place.side === 'input') {
    const borrowed = input.find(
      ({ row, column, from }) => from && row === place.row && column === place.column,
    );
    const from = borrowed?.from;
    const source = from ? `It borrows row ${from.row}, column ${from.column}. ` : '';
    if (outputs === 0) return `${source}No window reads it.`;
    const verb = operationOf(experiment).isTransposed ? 'It adds to' : 'It is read by';
    return `${source}${verb} ${outputs} output ${outputs === 1 ? 'cell' : 'cells'}.`;
  }
  if (place.side === 'kernel') {
    return `It meets the input at ${input.length} places, and makes ${outputs} output cells.`;
  }
  const verb = see.kind === 'backward' ? 'It goes back to' : 'It is made of';
  if (input.length === 0) return `${verb} nothing but the bias.`;
  return `${verb} rows ${span(input.map(({ row }) => row))} and columns ${span(
    input.map(({ column }) => column),
  )} of the input.`;
}

/** @param {readonly number[]} lines */
function span(lines) {
  const [first, last] = [Math.min(...lines), Math.max(...lines)];
  return first === last ? `${first}` : `${first} to ${last}`;
}
