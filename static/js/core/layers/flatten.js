import { shapeText } from '../number.js';
import { cellOf } from './place.js';

/**
 * @import {Position} from '../operands.js'
 * @typedef {{value: number, source: Position, index: number}} FlattenTrace
 */

/**
 * The channel, row and column that stand at one index once (C, H, W) is flattened.
 * @param {readonly number[]} shape
 * @param {number} index
 * @returns {Position}
 */
export function flattenSource(shape, index) {
  const [, height, width] = shape;
  const line = Math.floor(index / width);
  return { channel: Math.floor(line / height), row: line % height, column: index % width };
}

/** Maps in one line: only the place changes. @type {import('./registry.js').Kind<FlattenTrace>} */
export const flatten = {
  kind: 'Flatten',
  trace({ inputs: [read] }, { channel: index }) {
    return { value: read.data[index], source: flattenSource(read.shape, index), index };
  },
  formula(_, __, { input_shape: [, height = 1, width = 1] }) {
    return `i = c \\cdot ${height} \\cdot ${width} + r \\cdot ${width} + k`;
  },
  sentence: ({ source }) =>
    `from map ${source.channel}, row ${source.row}, column ${source.column}`,
  role: ({ input_shape: before }) =>
    `Writes the ${shapeText(before)} values in one line, map after map, row after row.`,
  reads: ({ source }) => [cellOf(0, source)],
};
