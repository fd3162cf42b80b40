// Poolings, and what a maximum keeps.

import { winnerMap } from '../operations/max_pool2d.js';
import { operandsOf, operationOf } from '../operations/registry.js';
import { windowed } from './window.js';

export const maxPool2d = windowed({
  kind: 'MaxPool2d',
  operation: 'max',
  role: () => 'Keeps the largest value of each window; each map is on its own.',
});

export const avgPool2d = windowed({
  kind: 'AvgPool2d',
  operation: 'average',
  role: () => 'Keeps the mean of each window; each map is on its own.',
});

/** An average pooling to a given number of values. */
export const adaptiveAvgPool2d = windowed({
  kind: 'AdaptiveAvgPool2d',
  operation: 'adaptive_average',
  role: ({ output_shape: [, rows, columns] }) =>
    rows * columns === 1
      ? 'Keeps the mean of each map.'
      : `Shares each map out among ${rows} × ${columns} windows and keeps the mean of each.`,
});

/** An average over rows and columns, without which its values are from then on. */
export const mean = {
  ...windowed({
    kind: 'Mean',
    operation: 'adaptive_average',
    settings: { output_size: [1, 1] },
    role: () => 'Keeps the mean of each map: one value, without rows and columns.',
  }),
  /** @type {import('./window.js').WindowKind['formula']} */
  formula(_, { channel }, { input_shape: [, rows, columns] }) {
    const [first, last] = [`\\sum_{m=0}^{${rows - 1}}`, `\\sum_{n=0}^{${columns - 1}}`];
    return `y_{${channel}} = \\frac{1}{${rows} \\cdot ${columns}} ${first} ${last} I_{${channel}}(m, n)`;
  },
};

/**
 * A faint outline around the winner of every window of a maximum's map; none of what keeps no winner.
 * @param {import('./window.js').WindowTrace} trace
 * @param {number} channel
 */
export function winnersOf({ experiment }, channel) {
  if (!operationOf(experiment).isMaximum) return [];
  const { input } = experiment;
  const [, height, width] = input.shape;
  const values = input.data.subarray(channel * height * width);
  // A window of padding alone has none.
  const places = winnerMap(operandsOf(experiment), channel).filter((index) => index >= 0);
  return Array.from(places, (index) => ({
    row: Math.floor(index / width),
    column: index % width,
    rows: 1,
    columns: 1,
    isFaint: true,
    // A window of zeros has a winner only by the rule for ties.
    opacity: values[index] === 0 ? 0.14 : undefined,
  }));
}
