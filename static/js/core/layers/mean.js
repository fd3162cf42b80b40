import { mapsOf } from '../tensor.js';
import { figure } from '../rounding.js';

/** @typedef {{value: number, sum: number, count: number, rows: number, columns: number}} MeanTrace */

/** The mean of a whole map. @type {import('./registry.js').Kind<MeanTrace>} */
export const mean = {
  kind: 'Mean',
  trace({ inputs: [{ shape, data }] }, { channel }) {
    const { rows, columns } = mapsOf(shape);
    const count = rows * columns;
    let sum = 0;
    for (let i = channel * count; i < (channel + 1) * count; i += 1) sum += data[i];
    return { value: sum / count, sum, count, rows, columns };
  },
  formula: ({ count }, { channel: c }) =>
    `y_{${c}} = \\frac{1}{${count}} \\sum_{i, j} x_{${c}}(i, j)`,
  sentence: ({ sum, count }, _, decimals) =>
    `the sum ${figure(sum, decimals)} of the map, divided by ${count}`,
  role: () => 'Keeps the mean of each whole map: one value a map.',
  reads: ({ rows, columns }, { channel }) => [
    { input: 0, channel, row: 0, column: 0, rows, columns },
  ],
};
