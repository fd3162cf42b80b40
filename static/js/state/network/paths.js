import { batch, untracked } from '@preact/signals-core';

import { ApiError, getJson } from '../../api/client.js';
import { validView } from './actions.js';
import { layerNamed } from './store.js';

/** @import {Outline, Store} from './store.js' */

/**
 * Shows the layers of another way through a network that decides by what it sees. What is open stays open
 * where that way has it.
 * @param {Store} store
 * @param {number} path
 * @param {Map<string, Promise<Outline>>} known  outlines that were asked for
 */
async function follow(store, path, known) {
  const { failure, hover, opening, outline, view } = store;
  const shown = outline.value;
  const address = `/networks/${encodeURIComponent(store.network.value)}?path=${path}`;
  const asked = known.get(address) ?? getJson(address);
  known.set(address, asked);
  try {
    const found = await asked;
    if (outline.value !== shown) return;
    batch(() => {
      outline.value = found;
      view.value = validView(store, view.value) ?? { kind: 'overview' };
      if (opening.value && !validView(store, opening.value.view)) opening.value = null;
      // What is pointed at may not be on this way.
      if (!layerNamed(store, hover.value?.layer ?? '')) hover.value = null;
    });
  } catch (error) {
    known.delete(address);
    if (!(error instanceof ApiError)) throw error;
    failure.value = error.detail;
  }
}

/**
 * Follows each picture along the way that it takes: an answer has only those layers of the former way that are
 * on this one, and is asked for once more with all of its own.
 * @param {Store} store
 * @param {(follow: () => void) => void} effect
 */
export function startPaths(store, effect) {
  /** @type {Map<string, Promise<Outline>>} */
  const known = new Map();
  effect(() => {
    const path = store.forward.value?.document.path ?? 0;
    const shown = store.outline.value;
    if (!shown?.decides || path === shown.path) return;
    untracked(() => void follow(store, path, known));
  });
}
