import { FIELDS } from '../../elements/instrument.js';

/** @import {Network} from '../../state/network/network.js' */

/** @type {Record<string, (actions: Network['actions']) => void>} */
const KEYS = {
  Escape: ({ close }) => close(),
  PageUp: ({ openNeighbour }) => openNeighbour(-1),
  PageDown: ({ openNeighbour }) => openNeighbour(1),
  '+': ({ zoomBy }) => zoomBy(1),
  '=': ({ zoomBy }) => zoomBy(1),
  '-': ({ zoomBy }) => zoomBy(-1),
  0: ({ zoomBy }) => zoomBy(0),
};

/** The page's keys, and a click on empty space, which goes back one. @param {Network} network */
export function startKeys({ signals: { preparation, view }, actions }) {
  addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target instanceof Element && target.closest(`select, ${FIELDS}`)) return;
    const isOverview = view.value.kind === 'overview';
    if (isOverview && key === 'Escape' && preparation.value.piece !== null) {
      return void actions.setPreparation({ piece: null }, event.timeStamp);
    }
    if (isOverview === (key.startsWith('Page') || key === 'Escape')) return;
    const act = KEYS[key];
    if (!act) return;
    event.preventDefault();
    act(actions);
  });
  document.getElementById('main')?.addEventListener('click', (event) => {
    const isEmpty =
      event.target instanceof Element &&
      event.target.matches('.flow-layers, .detail, .detail-columns');
    if (!isEmpty || view.value.kind === 'overview') return;
    if (event.target.matches('.flow-layers')) actions.open({ kind: 'overview' });
    else actions.close();
  });
}
