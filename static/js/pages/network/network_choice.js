import { render } from 'lit-html';

import { getJson } from '../../api/client.js';
import { showNetwork } from '../../state/network/outline.js';
import { networkChoice } from '../../views/network_choice.js';

/**
 * Lets one choose among the networks, where there are several, in the place of the one's name.
 * @param {import('./instance.js').NetworkInstance} instance
 * @param {HTMLElement} name
 */
export async function startNetworkChoice(instance, name) {
  const { signals, actions } = instance.network;
  const rows = await getJson('/networks').catch(() => []);
  if (rows.length < 2 || instance.living.aborted) return;
  const place = document.createElement('div');
  place.className = 'network-choice';
  const choose = async (/** @type {HTMLSelectElement} */ select) => {
    const chosen = select.value;
    const isThere = await showNetwork(signals, chosen).catch(actions.fail);
    if (isThere === false) signals.unread.value = [{ name: 'network', text: chosen }];
    // The choice of one that cannot be had is taken back.
    select.value = signals.network.value;
  };
  instance.effect(() => {
    const [current, outline] = [signals.network.value, signals.outline.value];
    const isListed = rows.some((/** @type {any} */ { name }) => name === current);
    // A moment of a training run is in no list, but in its link.
    const all = isListed || outline?.name !== current ? rows : [...rows, outline];
    render(networkChoice(all, current, choose), place);
  });
  name.replaceWith(place);
}
