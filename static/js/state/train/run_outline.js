import { computed, effect, signal, untracked } from '@preact/signals-core';

import { ApiError, getJson } from '../../api/client.js';
import { isForNow, soon } from '../retry.js';
import { networkName } from './shown_moments.js';

/**
 * @import {Outline} from '../../core/graph.js'
 * @import {ReadonlySignal} from '@preact/signals-core'
 * @import {Run} from './store.js'
 */

/** What a run trains: its layers and classes, asked for once. @param {ReadonlySignal<Run | null>} of */
export function createRunOutline(of) {
  /** @type {import('@preact/signals-core').Signal<{run: string, outline: Outline} | null>} */
  const known = signal(null);
  const run = computed(() => of.value?.id ?? '');
  const first = computed(() => of.value?.checkpoints[0]?.step ?? null);
  let isEnded = false;
  /** Asks until it is known, or cannot be had. @param {string} id @param {number} step */
  const ask = async (id, step) => {
    try {
      const outline = await getJson(`/networks/${encodeURIComponent(networkName(id, step))}`);
      if (run.peek() === id) known.value = { run: id, outline };
    } catch (error) {
      // Whoever asks the network itself is told why it cannot be had.
      if (!(error instanceof ApiError)) throw error;
      if (!isForNow(error)) return;
      await soon();
      if (run.peek() === id && !isEnded) await ask(id, step);
    }
  };
  const stopAsking = effect(() => {
    const [id, step] = [run.value, first.value];
    if (id && step !== null && untracked(() => known.value?.run !== id)) void ask(id, step);
  });
  const stop = () => {
    isEnded = true;
    stopAsking();
  };
  const outline = computed(() =>
    known.value?.run === run.value ? (known.value?.outline ?? null) : null,
  );
  return { run, outline, stop };
}
