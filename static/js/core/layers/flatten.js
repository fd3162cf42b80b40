import { flattenSource } from '../flatten.js';
import { shapeText } from '../number.js';
import { cellOf } from './place.js';

/** @typedef {{value: number, source: import('../operands.js').Position, index: number}} FlattenTrace */

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
