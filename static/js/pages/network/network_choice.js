import { render } from 'lit-html';

import { getJson } from '../../api/client.js';
import { unreadOf } from '../../core/link_words.js';
import { besideOf, networkChoice } from '../../views/network_choice.js';

/**
 * Lets one choose among the networks, where there are several, in the place of the one's name.
 * @param {import('./instance.js').NetworkInstance} instance
 * @param {HTMLElement} name
 */
export async function startNetworkChoice(instance, name) {
  const { signals, actions } = instance.network;
  const rows = await getJson('/networks').catch(() => []);
  // The choice may stand already, begun while the first network was on its way.
  if (rows.length < 2 || instance.living.aborted || !name.isConnected) return;
  // Until it is there, one that is in no list could not be marked in it.
  const isKnown = rows.some((/** @type {any} */ row) => row.name === signals.wanted.peek());
  if (!isKnown && !signals.outline.peek()) return;
  const place = document.createElement('div');
  place.className = 'network-choice';
  const show = async (/** @type {string} */ chosen) => {
    const isThere = await actions.showNetwork(chosen).catch(actions.fail);
    const unread = unreadOf('network', chosen, isThere);
    if (unread.length > 0) signals.unread.value = unread;
  };
  const choose = async (/** @type {HTMLSelectElement} */ select) => {
    const chosen = select.value;
    const second = besideOf(chosen);
    if (second === null) await show(chosen);
    else signals.beside.value = second;
    // The choice of one that cannot be had is taken back.
    select.value = signals.network.value;
  };
  instance.effect(() => {
    const outline = signals.outline.value;
    const current = (outline ? signals.network : signals.wanted).value;
    const isListed = rows.some((/** @type {any} */ { name }) => name === current);
    // A moment of a training run is in no list, but in its link.
    const all = isListed || outline?.name !== current ? rows : [...rows, outline];
    render(networkChoice(all, current, signals.beside.value, choose), place);
  });
  name.replaceWith(place);
}

/** Keeps a second network below the first while there is one to compare it with. @param {import('./instance.js').NetworkInstance} instance */
export function startBeside(instance) {
  const { beside, outline } = instance.network.signals;
  /** @type {(() => void) | undefined} */
  let end;
  let shown = '';
  instance.effect(() => {
    const name = outline.value?.name === beside.value ? '' : beside.value;
    if (name === shown) return;
    shown = name;
    end?.();
    end = undefined;
    if (!name) return;
    void import('./beside.js').then(({ mountBeside }) => {
      if (shown === name && !instance.living.aborted) end = mountBeside(instance, name);
    });
  });
  instance.atEnd(() => end?.());
}
