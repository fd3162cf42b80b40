import { valueAt } from './place.js';

/**
 * `row` and `column`: where the window begins; a share for each of its rows and columns.
 * @typedef {{value: number, row: number, column: number, rowWeights: number[], columnWeights: number[],
 *   window: number[][]}} InterpolateTrace
 */

/** Maps in another size, each value made of a few. @type {import('./registry.js').Kind<InterpolateTrace>} */
export const interpolate = {
  kind: 'Interpolate',
  trace({ layer: { settings }, inputs: [read] }, at) {
    /** @type {number[][]} */
    const [[row, ...rowWeights], [column, ...columnWeights]] = [
      settings.rows[at.row],
      settings.columns[at.column],
    ];
    const window = rowWeights.map((_, down) =>
      columnWeights.map((__, across) =>
        valueAt(read, { channel: at.channel, row: row + down, column: column + across }),
      ),
    );
    let value = 0;
    for (const [down, line] of window.entries())
      for (const [across, one] of line.entries())
        value += rowWeights[down] * columnWeights[across] * one;
    return { value, row, column, rowWeights, columnWeights, window };
  },
  formula: (_, { channel: c, row, column }) =>
    `y_{${c}}(${row}, ${column}) = \\sum_{i} \\sum_{j} a_{i}\\, b_{j}\\, x_{${c}}(i, j)`,
  sentence: ({ rowWeights, columnWeights }) =>
    `of ${rowWeights.length * columnWeights.length} values, each with its share`,
  role: ({ settings: { mode } }) =>
    `Brings each map to another size (${mode}): a value is made of those nearest, each with its share.`,
  reads: ({ row, column, rowWeights, columnWeights }, { channel }) => [
    { input: 0, channel, row, column, rows: rowWeights.length, columns: columnWeights.length },
  ],
};
