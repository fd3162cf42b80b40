import { computed, signal } from '@preact/signals-core';

import { isUntouchedExample } from '../../core/drawing/strokes.js';
import { READINGS } from '../../core/network_readings.js';
import { createTray, getSample, samplesFor } from '../samples.js';
import { foldActions, viewActions } from './actions.js';
import { drawingActions } from './drawing.js';
import { createWeights, showNetwork } from './outline.js';
import { createPaper } from './paper.js';
import { createPaperImage } from './paper_image.js';
import { USUAL, createStore } from './store.js';

/** @typedef {ReturnType<typeof createNetwork>} Network */

/**
 * A network as an instrument: what is drawn for it, what it makes of that, and what of it is shown. Several
 * stand beside each other without knowing of it.
 * @param {{name?: string}} [options]  the network's name
 */
export function createNetwork({ name = USUAL } = {}) {
  const store = createStore(name);
  const paper = createPaper();
  const sampleKind = computed(() =>
    store.outline.value || store.wanted.value === USUAL
      ? samplesFor(store.outline.value).shows
      : '',
  );
  const tray = createTray(() => sampleKind.peek());
  const drawing = drawingActions(paper);
  const { refuse, takeImage, ...image } = createPaperImage(paper, store, drawing.setImage);
  const fail = (/** @type {unknown} */ error) => {
    store.failure.value = error instanceof Error ? error.message : String(error);
    store.isGone.value = false;
  };
  /** Where an untouched example lies on the paper, what lays there one that a network reads. @param {import('./store.js').Outline} outline */
  const exampleFor = async (outline) => {
    const { example } = samplesFor(outline);
    const isWanted = () => {
      const now = paper.drawing.peek();
      return isUntouchedExample(now) && now.base?.kind !== 'image' && now.base?.name !== example;
    };
    const sample = isWanted() && (await getSample(example).catch(fail));
    return () => sample && isWanted() && drawing.showExample(sample);
  };
  return {
    signals: {
      ...store,
      ...paper,
      ...image,
      samples: tray.samples,
      /** The name of a second network, on the same input; '' where there is none. */
      beside: signal(''),
      /** Which samples the network on show was trained to tell apart; '' before that is known. */
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
      /** Shows a network, and an example that it reads in place of an untouched one. @param {string} name */
      showNetwork: (name) => showNetwork(store, name, exampleFor),
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
