import { computed, effect } from '@preact/signals-core';
import { html, nothing } from 'lit-html';

import { comparisonOf } from '../../core/compare/comparison.js';
import { frameBeside } from '../../core/compare/counterpart.js';
import { outcome } from '../../core/experiment/experiment.js';
import { frameCount } from '../../core/stage/place.js';
import { planesModel } from '../../core/stage/planes_model.js';
import { besideTools, compareName, factsTable, sideButton } from '../../views/lab/compare.js';

/** Narrower than this, controls stand below the stage. */
export const ONE_COLUMN = '(width <= 860px)';

/**
 * @import {Experiment} from '../../core/experiment/experiment.js'
 * @import {LabState} from '../../state/lab/store.js'
 * @import {LabInstance} from './instance.js'
 */

/**
 * What a stage of the compared side shows, or why it shows nothing.
 * @param {LabState} lab
 * @param {Experiment} own
 * @param {number} at  its place in the chain
 */
function stageOf(lab, own, at) {
  const [see, beside] = [lab.see.value, lab.other.value];
  const { frame } = lab.playback.value;
  const planes = planesModel(own, {
    see,
    spot: lab.comparison.otherSpots.value[at] ?? null,
    frame: frameBeside(frame, lab.frames.value, frameCount(own, see)),
    filter: (beside ?? lab).filter.value,
  });
  return (
    planes && {
      ...planes,
      isPinned: lab.pinned.value !== null,
      lit: beside?.lit.value ?? null,
      brush: lab.panel.brush.value,
    }
  );
}

/** What the two differ in; null where nothing is compared. @param {LabState} lab */
export const factsOf = ({ experiment, comparison }) =>
  comparison.isShown.value ? comparisonOf([experiment.value], comparison.otherChain.value) : null;

/** The tools above a stage. @param {LabInstance} instance @param {'A' | 'B'} letter */
function toolsView({ host, lab: { signals, actions } }, letter) {
  const { isTwice, canBeTwice, isBesideSet } = signals.comparison;
  const isBeside = letter === 'B';
  const take = () => {
    actions.controlBeside(isBeside);
    const controls = host.querySelector('[data-place=controls]');
    if (matchMedia(ONE_COLUMN).matches) controls?.scrollIntoView();
  };
  return html`<div class="compare-tools">
    ${sideButton({ letter, isInHand: isBesideSet.value === isBeside, take })}
    ${
      isBeside
        ? besideTools({
            isTwice: isTwice.value,
            canBeTwice: canBeTwice.value,
            setTwice: actions.setTwice,
            swap: actions.swapOther,
          })
        : nothing
    }
  </div>`;
}

/**
 * The stages of the compared side.
 * @param {LabInstance} instance
 * @param {import('@preact/signals-core').ReadonlySignal<ReturnType<typeof stageOf>[]>} stages
 */
function stagesView({ lab: { signals, actions }, afterStage }, stages) {
  return stages.value.map((stage, at) => {
    if (!stage) {
      const found = outcome(signals.comparison.otherChain.value[at]);
      return html`<p class="side-text">${found.kind === 'refused' ? found.sentence : ''}</p>`;
    }
    const pointed = (/** @type {CustomEvent} */ { detail }) => actions.pointAtOther(at, detail);
    const pinned = (/** @type {CustomEvent} */ { detail }) => actions.pinAtOther(at, detail);
    // The first one's input is that of the Lab in the middle.
    const paint = (/** @type {CustomEvent} */ { detail }) =>
      at === 0 && actions.paintCell(detail, detail.value, detail.phase);
    return html`<lab-stage
      .later=${afterStage}
      .model=${stage}
      @point=${pointed}
      @walk=${pointed}
      @pin=${pinned}
      @paint-input=${paint}
    ></lab-stage>`;
  });
}

/**
 * Shows the compared side beside the stage in the middle, as long as there is one.
 * @param {LabInstance} instance
 * @param {HTMLElement} place
 */
export function startCompare(instance, place) {
  const { signals } = instance.lab;
  const { isShown, otherChain } = signals.comparison;
  const stages = computed(() => otherChain.value.map((own, at) => stageOf(signals, own, at)));
  const facts = computed(() => factsOf(signals));
  const whileShown = (/** @type {() => unknown} */ view) => () =>
    isShown.value ? view() : nothing;
  place.classList.add('lab-compare');
  const parts = {
    'name-one': whileShown(() => compareName([signals.experiment.value], 'A')),
    'name-other': whileShown(() => compareName(otherChain.value, 'B')),
    'set-one': whileShown(() => toolsView(instance, 'A')),
    'set-other': whileShown(() => toolsView(instance, 'B')),
    other: whileShown(() => stagesView(instance, stages)),
    // Where the side is far below.
    facts: () => (facts.value ? factsTable(facts.value) : nothing),
  };
  instance.renderParts(place, 'compare-part', parts, requestAnimationFrame);
  instance.atEnd(
    effect(() => {
      place.hidden = !isShown.value;
      place.parentElement?.classList.toggle('is-comparing', isShown.value);
      instance.host.classList.toggle('is-compared', isShown.value);
    }),
  );
}
