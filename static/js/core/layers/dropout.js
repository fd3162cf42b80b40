import { cellOf, valueAt } from './place.js';

/** @typedef {{value: number}} DropoutTrace */

/** Drops values in training only. @type {import('./registry.js').Kind<DropoutTrace>} */
export const dropout = {
  kind: 'Dropout',
  trace: ({ inputs: [read] }, at) => ({ value: valueAt(read, at) }),
  formula: () => 'y = x',
  sentence: () => 'as it came',
  role: ({ note, settings: { p } }) =>
    note ?? `Dropped a share of ${p} of the values in training; here it leaves each as it is.`,
  reads: (_, at) => [cellOf(0, at)],
};
