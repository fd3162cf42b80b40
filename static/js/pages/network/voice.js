import { effect } from '@preact/signals-core';

import { spokenValue } from '../../core/spoken.js';
import { detail, explain } from '../../state/network/detail.js';
import { hover, view } from '../../state/network/store.js';

/** The walk has to rest so long before its cell is said. */
const REST_MS = 350;
/** Keys that walk. */
const WALK = /^(Arrow|Home|End|Enter$| $)/;

/** What the keys are on: the map of the overview or of a layer, else the pinned cell. */
function walked() {
  if (hover.value) return explain(hover.value);
  return view.value.kind === 'cell' ? detail.value : null;
}

/** Says the cell that the keys walk to, once they rest; what the pointer passes is not said. */
export function startVoice() {
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
    const explained = walked();
    clearTimeout(timer);
    if (!explained || !isWalking) return;
    timer = setTimeout(() => (host.textContent = spokenValue(explained)), REST_MS);
  });
}
