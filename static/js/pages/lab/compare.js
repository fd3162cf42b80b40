import { computed, effect } from '@preact/signals-core';
import { html, nothing } from 'lit-html';

import { comparisonOf } from '../../core/compare/comparison.js';
import { frameBeside } from '../../core/compare/counterpart.js';
import { outcome } from '../../core/experiment/experiment.js';
import { frameCount } from '../../core/stage/place.js';
import { paintCell, swapOther } from '../../state/lab/actions.js';
import {
  canBeTwice,
  isTwice,
  otherChain,
  otherSpots,
  pinAtOther,
  pointAtOther,
  setOther,
} from '../../state/lab/comparison.js';
import { brush } from '../../state/lab/panel.js';
import { experiment, filter, frames, other, pinned, playback, see } from '../../state/lab/store.js';
import { compareName, factsTable } from '../../views/lab/compare.js';
import { otherSettings } from '../../views/lab/compare_settings.js';
import { renderInFrames } from '../common/frames.js';

const isComparing = computed(() => see.value.kind === 'compare' && other.value !== null);

/** What each stage of the compared side shows. */
const models = computed(() =>
  otherChain.value.map((own, at) => {
    const found = outcome(own);
    if (found.kind === 'refused') return { sentence: found.sentence, stage: null };
    const spot = otherSpots.value[at] ?? null;
    return {
      sentence: '',
      stage: {
        experiment: own,
        outcome: found,
        see: see.value,
        spot,
        gradients: null,
        isPinned: pinned.value !== null,
        frame: frameBeside(playback.value.frame, frames.value, frameCount(own, see.value)),
        filter: spot?.side === 'output' ? spot.channel : (spot?.filter ?? filter.value),
        lit: null,
        brush: brush.value,
      },
    };
  }),
);

/** What the two differ in; null where nothing is compared. */
export const comparedFacts = computed(() =>
  isComparing.value ? comparisonOf([experiment.value], otherChain.value) : null,
);

const nameOfOne = () => (isComparing.value ? compareName([experiment.value], 'A') : nothing);

const nameOfOther = () => (isComparing.value ? compareName(otherChain.value, 'B') : nothing);

const hint = () =>
  isComparing.value ? html`<p class="side-text">A follows the controls of the page.</p>` : nothing;

/** What can be set of the compared side. */
function settingsView() {
  const compared = other.value;
  if (!isComparing.value || !compared) return nothing;
  return otherSettings({
    other: compared,
    isTwice: isTwice.value,
    canBeTwice: canBeTwice(compared),
    // What stands there by now: several changes may come before the next picture.
    set: (change) => setOther(change(other.peek() ?? compared)),
    setTwice: (next) => (isTwice.value = next),
    swap: swapOther,
  });
}

/** The stages of the compared side. */
function stagesView() {
  if (!isComparing.value) return nothing;
  return models.value.map(({ stage, sentence }, at) => {
    if (!stage) return html`<p class="side-text">${sentence}</p>`;
    const pointed = (/** @type {CustomEvent} */ { detail }) => pointAtOther(at, detail);
    const pinned = (/** @type {CustomEvent} */ { detail }) => pinAtOther(at, detail);
    // The first one's input is that of the page.
    const paint = (/** @type {CustomEvent} */ { detail }) =>
      at === 0 && paintCell(detail, detail.value, detail.phase);
    return html`<lab-stage
      .model=${stage}
      @point=${pointed}
      @walk=${pointed}
      @pin=${pinned}
      @paint-input=${paint}
    ></lab-stage>`;
  });
}

/** What the two differ in, where the side is far below. */
const factsView = () => (comparedFacts.value ? factsTable(comparedFacts.value) : nothing);

/** Shows the compared side beside the stage in the middle, as long as there is one. */
export function startCompare() {
  const host = document.getElementById('lab-compare');
  if (!host) return;
  /** @type {Record<string, () => unknown>} */
  const parts = {
    'name-one': nameOfOne,
    'set-one': hint,
    'name-other': nameOfOther,
    'set-other': settingsView,
    other: stagesView,
    facts: factsView,
  };
  for (const [name, view] of Object.entries(parts)) {
    const part = document.createElement('div');
    part.className = `compare-part is-${name}`;
    host.append(part);
    renderInFrames(view, (template) => template, part);
  }
  effect(() => {
    host.hidden = !isComparing.value;
    host.parentElement?.classList.toggle('is-comparing', isComparing.value);
    document.getElementById('lab-side')?.classList.toggle('is-compared', isComparing.value);
  });
}
