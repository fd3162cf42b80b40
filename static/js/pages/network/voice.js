import { spokenValue } from '../../core/layers/explain.js';
import { isMeantFor } from '../../elements/instrument.js';
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
 * @param {import('./instance.js').NetworkInstance} instance
 * @param {Detail} detail
 */
export function startVoice(instance, detail) {
  const { host, living, network } = instance;
  const place = document.createElement('div');
  place.className = 'visually-hidden';
  place.id = `${instance.prefix}walked`;
  place.setAttribute('role', 'status');
  place.setAttribute('aria-live', 'polite');
  instance.place('main').append(place);
  instance.atEnd(() => place.remove());
  let isWalking = false;
  const atKey = (/** @type {KeyboardEvent} */ { key, target }) =>
    (isWalking = WALK.test(key) && isMeantFor(host, target));
  const atPointer = () => (isWalking = false);
  addEventListener('keydown', atKey, { signal: living, capture: true });
  addEventListener('pointermove', atPointer, { signal: living, passive: true });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  instance.effect(() => {
    const explained = walked(network, detail);
    clearTimeout(timer);
    if (!explained || !isWalking) return;
    timer = setTimeout(() => (place.textContent = spokenValue(explained)), REST_MS);
  });
}
