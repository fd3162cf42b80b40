import { mapsOf } from '../tensor.js';
import { flattenSource } from './flatten.js';
import { cellOf, positionText } from './place.js';

/**
 * @typedef {{value: number, source: import('../operands.js').Position, index: number}} RearrangeTrace
 */

/** Values in another order, or some of them: only their places change. @type {import('./registry.js').Kind<RearrangeTrace>} */
export const rearrange = {
  kind: 'Rearrange',
  trace({ layer, inputs: [read] }, { channel, row, column }) {
    const place = [channel, row, column];
    /** What each index of an axis adds to the place in the input. @type {number[][]} */
    const sources = layer.settings.sources;
    const index = sources.reduce((sum, table, axis) => sum + table[place[axis]], 0);
    const { count, rows, columns } = mapsOf(read.shape);
    return { value: read.data[index], source: flattenSource([count, rows, columns], index), index };
  },
  formula({ source }, { channel, row, column }) {
    const from = `x_{${source.channel}}(${source.row}, ${source.column})`;
    return `y_{${channel}}(${row}, ${column}) = ${from}`;
  },
  sentence: ({ source }, _, __, { inputs, input_shape: shape }) =>
    `from ${positionText({ layer: inputs[0], ...source }, shape).replaceAll(' · ', ', ')}`,
  role: ({ settings: { operation } }) =>
    `Puts values in another place, or takes some of them (${operation}); nothing is computed.`,
  reads: ({ source }) => [cellOf(0, source)],
};
