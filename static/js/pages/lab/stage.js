import { computed } from '@preact/signals-core';
import { html, nothing } from 'lit-html';

import '../../elements/drawn_picture.js';
import '../../elements/lab_stage.js';
import '../../elements/math_formula.js';
import { questionOf } from '../../core/experiment/experiment.js';
import { unreadSentence, waysOutOfBoth } from '../../core/stage/unread.js';
import { valueFormula } from '../../core/stage/value_formula.js';
import { operationOf } from '../../core/operations/registry.js';
import { checkLine } from '../../views/lab/check.js';
import { formulas } from '../../views/lab/formulas.js';
import { notice } from '../../views/lab/notice.js';
import { sharing } from '../../views/lab/sharing.js';
import { gradientTools, transport } from '../../views/lab/transport.js';
import { startStageLabel } from './label.js';
import { checkedOf, comparedOf } from './stage_check.js';
import { startStageKeys } from './stage_keys.js';
import { Stage } from './stage_model.js';

/**
 * @import {Place} from '../../core/stage/place.js'
 * @import {LabInstance} from './instance.js'
 * @typedef {Place & {value: number, phase: 'begin' | 'extend' | 'end'}} Painted
 */

/** Inputs wider or higher than this have cells too small for numbers, in lines. */
const NUMBERS_UP_TO = 12;

/** Takes the value of a custom event. @template T @param {(detail: T) => void} act */
const detail = (act) => (/** @type {CustomEvent<T>} */ event) => act(event.detail);

/** The stage itself. @param {LabInstance} instance @param {Stage} stage */
function stageView({ lab: { signals, actions }, afterStage }, stage) {
  const now = stage.model.value;
  if (!now) {
    const found = signals.shownOutcome.value;
    return html`<p class="note">${found.kind === 'refused' ? found.sentence : ''}</p>`;
  }
  const shape = [now.isLarge ? 'is-large' : '', now.isPainting ? 'is-painting' : ''].join(' ');
  const point = detail((/** @type {Place | null} */ place) => stage.point(place));
  return html`<lab-stage
    class=${shape}
    .later=${afterStage}
    .model=${now}
    @point=${point}
    @walk=${point}
    @pin=${detail((/** @type {Place | null} */ place) => stage.pin(place))}
    @paint-input=${detail((/** @type {Painted} */ at) => actions.paintCell(at, at.value, at.phase))}
    @edit-gradient=${detail((/** @type {Painted} */ at) => actions.setOutputGradientCell(at, at.value))}
    @arrange=${() => (stage.arrangements.value += 1)}
  ></lab-stage>`;
}

/** How large the cells are, and may be. @param {Stage} stage */
function sizing({ isLarge, staged }) {
  return {
    isLarge: isLarge.value,
    canEnlarge: Math.max(...staged.value.input.shape.slice(1)) > NUMBERS_UP_TO,
    enlarge: () => (isLarge.value = !isLarge.value),
  };
}

/** The transport; with gradients, which stand still, what they start from. @param {LabInstance} instance @param {Stage} stage */
function transportView({ lab: { signals, actions } }, stage) {
  const { kind } = signals.see.value;
  if (kind === 'backward') {
    const isGiven = signals.experiment.value.outputGradient !== null;
    return gradientTools({ ...sizing(stage), isGiven, reset: actions.resetOutputGradient });
  }
  const { frame, isPlaying, speed } = signals.playback.value;
  const { isPainting } = stage;
  return transport({
    ...sizing(stage),
    ...{ frame, isPlaying, speed, frames: signals.frames.value },
    unit: kind === 'stamp' ? 'stamp' : 'position',
    isPainting: isPainting.value,
    toggle: () => (isPlaying ? actions.pause() : actions.play()),
    scrub: actions.scrub,
    step: actions.step,
    setSpeed: actions.setSpeed,
    togglePainting: () => (isPainting.value = !isPainting.value),
  });
}

/** What one should know of the settings. @param {LabInstance} instance @param {Stage} stage */
function noticeView({ id, lab: { signals, actions } }, { model, staged }) {
  const found = model.value?.outcome;
  const isMoving = found && 'remainder' in found.width;
  return notice({
    id,
    unread: found ? unreadSentence(found.height, found.width) : '',
    ways: isMoving ? waysOutOfBoth(questionOf(staged.value)) : [],
    mended: signals.notice.value?.sentence ?? null,
    take: actions.useWayOut,
    dismiss: () => actions.tell(null),
  });
}

/** Formulas, PyTorch's word, weight sharing. @param {LabInstance} instance @param {Stage} stage */
function belowView({ lab: { signals, actions } }, stage) {
  const now = stage.model.value;
  if (!now) return nothing;
  const { experiment, outcome } = now;
  const explained = stage.equation.value;
  const operation = operationOf(experiment);
  return html`${formulas({
    ...{ experiment, outcome, lit: signals.lit.value, light: actions.light },
    value: explained && valueFormula(experiment, explained),
    pointTerm: (term) => (stage.term.value = term),
  })}
  ${checkLine({ checked: checkedOf(signals, stage), ...comparedOf(signals, stage) })}
  ${sharing({
    ...{ outcome, isPool: !operation.hasWeight, isLargest: operation.isMaximum },
    shift: signals.overlay.value,
    shifted: stage.shift.value,
    setShift: actions.setOverlay,
  })}`;
}

/**
 * The stage of a Lab.
 * @param {LabInstance} instance
 * @param {HTMLElement} place
 * @param {HTMLElement} label  where the label of what is explained lies
 */
export function startStage(instance, place, label) {
  const stage = new Stage(instance.lab);
  place.classList.add('lab-stage');
  place.replaceChildren();
  const view = { stage: () => stageView(instance, stage) };
  instance.renderParts(place, 'lab-part', view, requestAnimationFrame);
  instance.renderParts(place, 'lab-part', {
    transport: () => transportView(instance, stage),
    notice: () => noticeView(instance, stage),
    below: () => belowView(instance, stage),
  });
  startStageKeys(instance);
  startStageLabel(
    instance,
    label,
    stage,
    computed(() => comparedOf(instance.lab.signals, stage)),
  );
}
