import { FIELDS, isMeantFor } from '../../elements/instrument.js';

import { toggleWhy } from './why_place.js';

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

/** Its keys, and a click on empty space, which goes back one. @param {import('./instance.js').NetworkInstance} instance */
export function startKeys(instance) {
  const { host, living, network } = instance;
  const { actions } = network;
  const { opened, pixel, preparation } = network.signals;
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const { target, key } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!isMeantFor(host, target)) return;
    if (target instanceof Element && target.closest(`select, ${FIELDS}`)) return;
    if (key.toLowerCase() === 'w') return void toggleWhy(network);
    /** @type {import('../../elements/layer_search.js').LayerSearch | null} */
    const search = key === '/' ? host.querySelector('layer-search') : null;
    if (search?.enter()) return void event.preventDefault();
    const isOverview = opened.value.kind === 'overview';
    if (isOverview && key === 'Escape' && pixel.value) return void actions.choosePixel(null);
    if (isOverview && key === 'Escape' && preparation.value.piece !== null) {
      return void actions.choosePiece(null, event.timeStamp);
    }
    if (isOverview === (key.startsWith('Page') || key === 'Escape')) return;
    const act = KEYS[key];
    if (!act) return;
    event.preventDefault();
    act(actions);
  };
  const onClick = (/** @type {MouseEvent} */ event) => {
    const isEmpty =
      event.target instanceof Element &&
      event.target.matches('.flow-layers, .detail, .detail-columns');
    if (!isEmpty || opened.value.kind === 'overview') return;
    if (event.target.matches('.flow-layers')) actions.open({ kind: 'overview' });
    else actions.close();
  };
  addEventListener('keydown', onKey, { signal: living });
  instance.place('main').addEventListener('click', onClick, { signal: living });
}
