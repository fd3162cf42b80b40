import { batch } from '@preact/signals-core';

import { turningStep } from '../../core/training/moments.js';
import { followCompared, nameParts } from './compare.js';
import { getCurves, getNetworks, getRun, listRuns } from './run_api.js';
import { LIVING } from './store.js';

/**
 * @import {Follower} from './follow.js'
 * @import {Store} from './store.js'
 */

/** Says what went wrong. @param {Store} store @param {unknown} error */
export const fail = (store, error) =>
  void (store.problem.value = error instanceof Error ? error.message : String(error));

/** Which run is shown, and which there are. @param {Store} store @param {Follower} follower */
export function showing(store, follower) {
  /** What was said when the runs could not be asked for. @type {string | null} */
  let unreached = null;
  /** Whether it was asked which networks there are. */
  let isAsked = false;
  return {
    /**
     * Shows a run from its beginning, unless another is wanted before it has come.
     * @param {string} id
     * @param {number | null | 'turning'} [step]  which moment: by a step, the newest, or where its loss turns
     * @returns {Promise<boolean | null>} whether it is shown; null: another is wanted
     */
    async show(id, step = null) {
      const before = store.problem.peek();
      const isWanted = follower.wanting();
      try {
        const told = await getCurves(id);
        const run = await getRun(id);
        if (!isWanted()) return null;
        batch(() => {
          store.chosenStep.value =
            step === 'turning'
              ? turningStep(run.checkpoints, { step: told.columns.step, loss: told.columns.loss })
              : step;
          // What has been said meanwhile is of something else.
          if (store.problem.peek() === before) store.problem.value = null;
          follower.begin(run, told);
        });
        void nameParts(store);
        return true;
      } catch (error) {
        if (!isWanted()) return null;
        fail(store, error);
        return false;
      }
    },

    /** Keeps the run that is shown, if any: another that was asked for is wanted no more. */
    stay: () => void follower.wanting(),

    /** Asks which networks there are, unless that is known or on its way. */
    async loadNetworks() {
      if (isAsked || store.networks.peek().length > 0) return;
      isAsked = true;
      store.networks.value = await getNetworks().catch(() => []);
      isAsked = false;
    },

    /** Asks which runs there are. */
    async refresh() {
      try {
        const gone = store.removed.peek();
        const rows = await listRuns();
        const kept = rows.filter(({ id }) => gone.every((each) => each.id !== id));
        batch(() => {
          store.runs.value = kept;
          if (unreached !== null && store.problem.peek() === unreached) store.problem.value = null;
          unreached = null;
          followCompared(store);
          followAgain(store, follower);
        });
      } catch (error) {
        store.runs.value ??= [];
        fail(store, error);
        unreached = store.problem.peek();
      }
    },
  };
}

/** A run on show that rested, and goes on by what another page has told it, is followed again. @param {Store} store @param {Follower} follower */
function followAgain({ run, runs }, follower) {
  const shown = run.peek();
  const row = runs.peek()?.find(({ id }) => id === shown?.id);
  if (!shown || !row || LIVING.has(shown.state) || !LIVING.has(row.state)) return;
  run.value = { ...shown, ...row };
  follower.goOn();
}
