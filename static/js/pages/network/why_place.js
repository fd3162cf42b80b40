import { signal } from '@preact/signals-core';
import { html, nothing } from 'lit-html';

import { button } from '../../views/button.js';
import { dress } from './instance.js';

/** @import {Network} from '../../state/network/network.js' */

/** What answers why: fetched when it is first asked. */
const instrument = signal(/** @type {typeof import('./why.js') | null} */ (null));
/** Why it could not be had. */
const failure = signal('');
let isAsked = false;

async function fetchInstrument() {
  isAsked = true;
  try {
    const dressed = dress('why');
    const module = await import('./why.js');
    await dressed;
    instrument.value = module;
  } catch {
    isAsked = false;
    failure.value = 'What answers this cannot be fetched. Is Convoscope still running?';
  }
}

/** Whether a network decides nothing that could be asked about. @param {Network} network */
const isClassless = ({ signals: { outline } }) => outline.value?.classes.length === 0;

/** Why the network decides so, as soon as what answers it is there; or why that cannot be asked. @param {Network} network */
export function whyPlace(network) {
  if (isClassless(network)) {
    const reason = network.signals.outline.value?.reason ?? '';
    return html`<p class="note" role="status">${reason} So there is no class to ask “why?” about.</p>`;
  }
  if (network.signals.isBlank.value) {
    const back = button('Close', { shape: 'is-small', act: network.actions.close });
    return html`<p class="note" role="status">The network sees an empty picture: there is nothing to explain. ${back}</p>`;
  }
  if (instrument.value) return instrument.value.whyTemplate(network);
  if (!isAsked) void fetchInstrument();
  return html`<p class="note" role="status">${failure.value || 'One moment.'}</p>`;
}

/** Opens and closes it. @param {Network} network */
export function toggleWhy(network) {
  const { actions, signals } = network;
  const canOpen = signals.forward.value?.document.prediction || isClassless(network);
  if (signals.opened.value.kind === 'why') actions.close();
  else if (canOpen) actions.open({ kind: 'why' });
}

/**
 * The way to it, beside the prediction; of an empty picture there is none.
 * @param {Network} network
 * @param {import('./instance.js').Told['prediction']} prediction
 */
export function whyButtonOf(network, prediction) {
  const { isBlank, view } = network.signals;
  if (!prediction || isBlank.value) return nothing;
  return button(html`<span><span class="ask-word">Why</span>?</span>`, {
    name: `Why ${prediction.label}?`,
    title: `Why ${prediction.label}? (W)`,
    shape: 'is-small ask-why',
    isPressed: view.value.kind === 'why',
    act: () => toggleWhy(network),
  });
}
