import { computed, effect, untracked } from '@preact/signals-core';

import { isEmpty, isUntouchedExample } from '../../core/drawing/strokes.js';
import { createTray, getSample, samplesFor } from '../samples.js';

/**
 * @import {ReadonlySignal} from '@preact/signals-core'
 * @import {Training} from './training.js'
 */

/**
 * The samples for a paper: a tray of those that the run's network reads, and one of them on an empty paper.
 * @param {Training} training
 * @param {ReadonlySignal<import('../../core/graph.js').Outline | null>} outline
 */
export function createPaperSamples({ signals, actions }, outline) {
  const { paper, problem, run, moments } = signals;
  /** Of a run without a moment its network is not known: digits are shown. */
  const isKnown = computed(
    () => outline.value !== null || (run.value !== null && moments.value.length === 0),
  );
  const kind = computed(() => samplesFor(outline.value));
  const tray = createTray(() => kind.peek().shows);
  const fail = (/** @type {unknown} */ error) =>
    void (problem.value = error instanceof Error ? error.message : String(error));
  const stopTray = effect(() => {
    void kind.value;
    if (isKnown.value) untracked(() => void tray.load().catch(fail));
  });
  /** Whether nobody has drawn yet. */
  const isFresh = () => {
    const drawing = paper.drawing.peek();
    return isUntouchedExample(drawing) || (isEmpty(drawing) && !paper.canUndo.peek());
  };
  const stopExample = effect(() => {
    const { example } = kind.value;
    const { base } = paper.drawing.peek();
    if (!isFresh() || (base && base.kind !== 'image' && base.name === example)) return;
    getSample(example).then((sample) => {
      if (isFresh() && kind.peek().example === example) actions.showExample(sample);
    }, fail);
  });
  return {
    samples: tray.samples,
    actions: {
      moreSamples: () => tray.load().catch(fail),
      /** Lays a sample on the paper; of a photograph the tray has a small picture only. @type {typeof actions.setSample} */
      setSample(sample, at) {
        if (sample.shows !== 'photograph') return actions.setSample(sample, at);
        getSample(sample.name).then((whole) => actions.setSample(whole, at), fail);
      },
    },
    end() {
      stopTray();
      stopExample();
    },
  };
}
