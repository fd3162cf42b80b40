/** @import {Curves} from './curves.js' */

/** A value as a table has it; empty where there is none. @param {unknown} value */
const cell = (value) => (value === undefined || value === null ? '' : String(value));

/** A learning rate, which travels in single precision, as it was. @param {number} rate */
const rateOf = (rate) => Number(rate.toPrecision(7));

/**
 * The curves as a table: a row a step, and what an epoch came to beside the step that it ended with.
 * @param {Curves} curves
 * @returns {string}
 */
export function curvesCsv({ count, step, loss, gradient_norm, lr, layers, layerNorms, epochs }) {
  const ended = new Map(epochs.map((epoch) => [epoch.step, epoch]));
  const names = layers.map((layer) => `gradient_norm_${layer}`);
  const rows = [
    ['step', 'loss', 'gradient_norm', 'lr', ...names, 'epoch', 'val_loss', 'val_accuracy'],
    ...Array.from({ length: count }, (_, at) => {
      const epoch = ended.get(step[at]);
      const norms = layerNorms.map((column) => column[at]);
      const judged = [epoch?.epoch, epoch?.val_loss, epoch?.val_accuracy];
      return [step[at], loss[at], gradient_norm[at], rateOf(lr[at]), ...norms, ...judged];
    }),
  ];
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}
