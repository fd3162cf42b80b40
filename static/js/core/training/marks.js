// What happened to a run, and when: where its learning rate was lowered, where it was best, where patience ends.

/**
 * @import {Epoch} from './curves.js'
 * @typedef {{kind: 'lr_reduced' | 'best' | 'early_stop', epoch: number, step: number, text: string}} Mark
 * @typedef {{readonly epochs: number, readonly scheduler: unknown,
 *   readonly early_stopping: {patience: number} | null}} Rules
 */

/** Where the plateau lowered the learning rate: at the end of the epoch before. @param {readonly Epoch[]} epochs @param {Rules} rules @returns {Mark[]} */
function reductions(epochs, { scheduler }) {
  const isPlateau = scheduler !== null && typeof scheduler === 'object' && 'patience' in scheduler;
  if (!isPlateau) return [];
  return epochs.slice(1).flatMap(({ lr }, index) => {
    const before = epochs[index];
    if (!(lr < before.lr)) return [];
    const { epoch, step } = before;
    const text = `learning rate × ${Number((lr / before.lr).toPrecision(3))}`;
    return [{ kind: 'lr_reduced', epoch, step, text }];
  });
}

/**
 * The marks of a run as far as it has come.
 * @param {readonly Epoch[]} epochs  those that have ended
 * @param {Rules} recipe
 * @param {string} state
 * @param {number} stepsPerEpoch
 * @returns {Mark[]}
 */
export function marksOf(epochs, recipe, state, stepsPerEpoch) {
  const marks = reductions(epochs, recipe);
  const best = epochs.findLast((epoch) => epoch.best);
  if (!best) return marks;
  marks.push({ kind: 'best', epoch: best.epoch, step: best.step, text: 'lowest validation loss' });
  const { patience } = recipe.early_stopping ?? {};
  const end = best.epoch + (patience ?? Infinity);
  if (state === 'stopped_early') {
    const { epoch, step } = epochs[epochs.length - 1];
    marks.push({ kind: 'early_stop', epoch, step, text: 'stopped early' });
  } else if (state !== 'finished' && end < recipe.epochs) {
    const text = `would stop early after epoch ${end}`;
    marks.push({ kind: 'early_stop', epoch: end, step: end * stepsPerEpoch, text });
  }
  return marks;
}
