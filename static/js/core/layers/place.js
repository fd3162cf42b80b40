// Places within a layer's maps.

import { mapsOf } from '../tensor.js';
import { partNote } from '../encoding.js';

/**
 * @import {Position} from '../operands.js'
 * @import {Read} from './registry.js'
 * @import {Tensor} from '../tensor.js'
 */

/**
 * The value of a tensor at a position; of a vector only the channel is read.
 * @param {Tensor} tensor
 * @param {Position} position
 */
export function valueAt({ shape, data }, { channel, row, column }) {
  const { rows, columns } = mapsOf(shape);
  return data[(channel * rows + row) * columns + column];
}

/**
 * The axis that a layer's `dim` counts, that of the batch left out.
 * @param {number} dim  of PyTorch's tensor, which has the batch before the rest
 * @param {readonly number[]} shape  of the layer's output
 */
export const axisOf = (dim, { length }) => (dim < 0 ? dim + length : dim - 1);

/** One cell of an input. @param {number} input @param {Position} position @returns {Read} */
export const cellOf = (input, { channel, row, column }) => ({
  input,
  channel,
  row,
  column,
  rows: 1,
  columns: 1,
});

/**
 * What a position is called, for labels and screen readers.
 * @param {{layer: string, channel: number, row: number, column: number}} position
 * @param {readonly number[]} shape  of the layer's output
 * @param {import('../encoding.js').Encoded} [shown]  the layer, where its values may be shown as others
 */
export function positionText({ layer, channel, row, column }, shape, shown = {}) {
  const part = partNote(shown, channel);
  if (shape.length < 3) return `${layer} · unit ${channel}${part}`;
  return `${layer} · map ${channel}${part} · row ${row}, column ${column}`;
}
