import { computed, signal } from '@preact/signals-core';

import { READINGS } from '../../core/network_readings.js';
import { createTray, getSample } from '../samples.js';
import { foldActions, viewActions } from './actions.js';
import { drawingActions } from './drawing.js';
import { createWeights } from './outline.js';
import { createPaper } from './paper.js';
import { createPaperImage } from './paper_image.js';
import { USUAL, createStore } from './store.js';

/** @typedef {ReturnType<typeof createNetwork>} Network */

/** Which samples a network reads, by how it is prepared for. @type {Record<string, string>} */
const SAMPLES = { digit: 'digit', clothes: 'clothes', photo: 'photograph' };

/**
 * A network as an instrument: what is drawn for it, what it makes of that, and what of it is shown. Several
 * stand beside each other without knowing of it.
 * @param {{name?: string}} [options]  the network's name
 */
export function createNetwork({ name = USUAL } = {}) {
  const store = createStore(name);
  const paper = createPaper();
  const sampleKind = computed(() => SAMPLES[store.outline.value?.preparation ?? 'digit']);
  const tray = createTray(() => sampleKind.peek());
  const drawing = drawingActions(paper);
  const { refuse, takeImage, ...image } = createPaperImage(paper, store, drawing.setImage);
  const fail = (/** @type {unknown} */ error) =>
    void (store.failure.value = error instanceof Error ? error.message : String(error));
  return {
    signals: {
      ...store,
      ...paper,
      ...image,
      samples: tray.samples,
      /** The name of a second network, on the same input; '' where there is none. */
      beside: signal(''),
      /** Which samples the network on show was trained to tell apart. */
      sampleKind,
      /** What of the newest link could not be read. */
      unread: signal(/** @type {import('./text.js').Unread[]} */ ([])),
      /** The change with which the newest link had been taken; nothing was drawn since where it is still the newest. */
      arrived: signal(/** @type {{at: number} | null} */ (null)),
    },
    actions: {
      ...viewActions(store),
      ...foldActions(store),
      ...drawing,
      /** Lays a sample on the paper; of a photograph the tray has a small picture only. @type {typeof drawing.setSample} */
      setSample(sample, at) {
        if (sample.shows !== 'photograph') return drawing.setSample(sample, at);
        getSample(sample.name).then((whole) => drawing.setSample(whole, at), fail);
      },
      refuse,
      takeImage,
      fail,
      ensureWeights: createWeights(store),
      /** Fills the tray with the first samples, or the next ones, or says why there are none. */
      moreSamples: () => tray.load().catch(fail),
    },
    /** One of the named readings; an effect notices every change of it. @param {keyof typeof READINGS} name */
    read: (name) => {
      const answer = store.forward.value?.document ?? null;
      return READINGS[name]({ answer, outline: store.outline.value });
    },
  };
}
