import { close, open, openNeighbour, zoomBy } from '../../state/network/actions.js';
import { view } from '../../state/network/store.js';
import { startVoice } from './voice.js';

/** Elements that need the keys themselves. */
const TYPING = 'input:not([type=radio]), select, textarea, [contenteditable]';

/** @type {Record<string, () => void>} */
const KEYS = {
  Escape: close,
  PageUp: () => openNeighbour(-1),
  PageDown: () => openNeighbour(1),
  '+': () => zoomBy(1),
  '=': () => zoomBy(1),
  '-': () => zoomBy(-1),
  0: () => zoomBy(0),
};

/** The page's keys, what is said of their walk, and a click on empty space, which goes back one. */
export function startKeys() {
  startVoice();
  addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target instanceof Element && target.matches(TYPING)) return;
    const isOverview = view.value.kind === 'overview';
    if (isOverview === (key.startsWith('Page') || key === 'Escape')) return;
    const act = KEYS[key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.getElementById('main')?.addEventListener('click', (event) => {
    const isEmpty =
      event.target instanceof Element &&
      event.target.matches('.flow-layers, .detail, .detail-columns');
    if (!isEmpty || view.value.kind === 'overview') return;
    if (event.target.matches('.flow-layers')) open({ kind: 'overview' });
    else close();
  });
}
