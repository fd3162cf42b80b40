import { effect } from '@preact/signals-core';

import { spokenValue } from '../../core/layers/explain.js';
import { explain } from '../../state/network/detail.js';

/**
 * @import {Detail} from '../../state/network/detail.js'
 * @import {Network} from '../../state/network/network.js'
 */

/** The walk has to rest so long before its cell is said. */
const REST_MS = 350;
/** Keys that walk. */
const WALK = /^(Arrow|Home|End|Enter$| $)/;

/**
 * What the keys are on: the map of the overview or of a layer, else the pinned cell.
 * @param {Network} network
 * @param {Detail} detail
 */
function walked({ signals }, { detail }) {
  const { hover, view } = signals;
  if (hover.value) return explain(signals, hover.value);
  return view.value.kind === 'cell' ? detail.value : null;
}

/**
 * Says the cell that the keys walk to, once they rest; what the pointer passes is not said.
 * @param {Network} network
 * @param {Detail} detail
 */
export function startVoice(network, detail) {
  const host = document.createElement('div');
  host.className = 'visually-hidden';
  host.id = 'walked';
  host.setAttribute('role', 'status');
  host.setAttribute('aria-live', 'polite');
  document.getElementById('main')?.append(host);
  let isWalking = false;
  addEventListener('keydown', ({ key }) => (isWalking = WALK.test(key)), { capture: true });
  addEventListener('pointermove', () => (isWalking = false), { passive: true });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  effect(() => {
    const explained = walked(network, detail);
    clearTimeout(timer);
    if (!explained || !isWalking) return;
    timer = setTimeout(() => (host.textContent = spokenValue(explained)), REST_MS);
  });
}
