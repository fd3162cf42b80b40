import { LIVING, RESUMABLE } from './store.js';
import { deleteRun } from './run_api.js';

/**
 * @import {Store} from './store.js'
 */

/** How long a run that was taken out can be brought back. */
const UNDO_MS = 8000;

/**
 * Runs are taken out of the list at once, and deleted once nobody has taken that back for a while.
 * @param {Store} store
 * @param {{show: (id: string) => unknown, stay: () => void}} showing
 */
export function createRemoval(store, { show, stay }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const rest = () => {
    clearTimeout(timer);
    timer = undefined;
  };

  /** Deletes for good what was taken out. @param {RequestInit} [init] */
  function finish(init) {
    rest();
    const gone = store.removed.peek();
    store.removed.value = [];
    return Promise.all(
      gone.map(async ({ id, state }) => {
        // One that has not ended is cancelled by the first, deleted by the second.
        const hasEnded = !LIVING.has(state) && !RESUMABLE.has(state);
        if (!hasEnded) await deleteRun(id, init);
        await deleteRun(id, init);
      }),
    ).catch((/** @type {Error} */ error) => void (store.problem.value = error.message));
  }

  return {
    /** Takes runs out of the list. @param {readonly string[]} ids */
    remove(...ids) {
      const all = store.runs.peek() ?? [];
      const gone = all.filter(({ id }) => ids.includes(id));
      const kept = all.filter(({ id }) => !ids.includes(id));
      store.removed.value = [...store.removed.peek(), ...gone];
      store.runs.value = kept;
      if (ids.includes(store.compared.peek()?.run.id ?? '')) store.compared.value = null;
      if (ids.includes(store.run.peek()?.id ?? '')) {
        if (kept.length > 0) show(kept[0].id);
        else {
          stay();
          store.run.value = null;
        }
      }
      rest();
      timer = setTimeout(finish, UNDO_MS);
    },

    /** Brings back what was taken out last. */
    undoRemove() {
      rest();
      const back = store.removed.peek();
      store.removed.value = [];
      store.runs.value = [...back, ...(store.runs.peek() ?? [])].sort(
        (one, other) => other.created - one.created,
      );
      if (!store.run.peek() && back.length > 0) show(back[0].id);
    },

    finishRemoval: finish,
  };
}
