import { html, nothing } from 'lit-html';

import '../../elements/drawn_picture.js';
import '../../elements/lab_stage.js';
import '../../elements/math_formula.js';
import { questionOf } from '../../core/experiment/experiment.js';
import { unreadSentence, waysOutOfBoth } from '../../core/stage/unread.js';
import { valueFormula } from '../../core/stage/value_formula.js';
import { operationOf } from '../../core/operations/registry.js';
import * as actions from '../../state/lab/actions.js';
import * as store from '../../state/lab/store.js';
import { checkLine } from '../../views/lab/check.js';
import { formulas } from '../../views/lab/formulas.js';
import { notice } from '../../views/lab/notice.js';
import { sharing } from '../../views/lab/sharing.js';
import { gradientTools, transport } from '../../views/lab/transport.js';
import { renderInFrames } from '../common/frames.js';
import { startStageLabel } from './label.js';
import { checked, compared } from './stage_check.js';
import { startStageKeys } from './stage_keys.js';
import * as stage from './stage_model.js';

/**
 * @typedef {import('../../core/stage/place.js').Place} Place
 * @typedef {Place & {value: number, phase: 'begin' | 'extend' | 'end'}} Painted
 */

/** Inputs wider or higher than this have cells too small for numbers, in lines. */
const NUMBERS_UP_TO = 12;

/**
 * Takes the value of a custom event.
 * @template T
 * @param {(detail: T) => void} act
 */
const detail = (act) => (/** @type {CustomEvent<T>} */ event) => act(event.detail);

/** @param {Painted} at */
const paint = (at) => actions.paintCell(at, at.value, at.phase);

/** @param {Place & {value: number}} at */
const edit = (at) => actions.setOutputGradientCell(at, at.value);

/** The stage itself. */
function stageView() {
  const now = stage.model.value;
  if (!now) return html`<p class="note">${refusal()}</p>`;
  const shape = [now.isLarge ? 'is-large' : '', now.isPainting ? 'is-painting' : ''].join(' ');
  return html`<lab-stage
    class=${shape}
    .model=${now}
    @point=${detail(stage.point)}
    @walk=${detail(stage.point)}
    @pin=${detail(stage.pin)}
    @paint-input=${detail(paint)}
    @edit-gradient=${detail(edit)}
    @arrange=${() => (stage.arrangements.value += 1)}
  ></lab-stage>`;
}

/** Why there is nothing to show. */
function refusal() {
  const found = store.shownOutcome.value;
  return found.kind === 'refused' ? found.sentence : '';
}

/** How large the cells are, and may be. */
function sizing() {
  const { isLarge, staged } = stage;
  return {
    isLarge: isLarge.value,
    canEnlarge: Math.max(...staged.value.input.shape.slice(1)) > NUMBERS_UP_TO,
    enlarge: () => (isLarge.value = !isLarge.value),
  };
}

/** The transport; with gradients, which stand still, what they start from. */
function transportView() {
  if (store.see.value.kind === 'backward') {
    const isGiven = store.experiment.value.outputGradient !== null;
    return gradientTools({ ...sizing(), isGiven, reset: actions.resetOutputGradient });
  }
  const { frame, isPlaying, speed } = store.playback.value;
  const { isPainting } = stage;
  return transport({
    ...sizing(),
    ...{ frame, isPlaying, speed, frames: store.frames.value },
    unit: store.see.value.kind === 'stamp' ? 'stamp' : 'position',
    isPainting: isPainting.value,
    toggle: () => (isPlaying ? actions.pause() : actions.play()),
    scrub: actions.scrub,
    step: actions.step,
    setSpeed: actions.setSpeed,
    togglePainting: () => (isPainting.value = !isPainting.value),
  });
}

/** What one should know of the settings. */
function noticeView() {
  const found = stage.model.value?.outcome;
  const isMoving = found && 'remainder' in found.width;
  return notice({
    unread: found ? unreadSentence(found.height, found.width) : '',
    ways: isMoving ? waysOutOfBoth(questionOf(stage.staged.value)) : [],
    mended: store.notice.value?.sentence ?? null,
    take: actions.useWayOut,
    dismiss: () => actions.tell(null),
  });
}

/** Formulas, PyTorch's word, weight sharing. */
function belowView() {
  const now = stage.model.value;
  if (!now) return nothing;
  const { experiment, outcome } = now;
  const explained = stage.equation.value;
  return html`${formulas({
    ...{ experiment, outcome, lit: store.lit.value, light: actions.light },
    value: explained && valueFormula(experiment, explained),
    pointTerm: (term) => (stage.term.value = term),
  })}
  ${checkLine({ checked: checked.value, ...compared.value })}
  ${sharing({
    ...{
      outcome,
      isPool: !operationOf(experiment).hasWeight,
      isLargest: operationOf(experiment).isMaximum,
    },
    shift: store.overlay.value,
    shifted: stage.shift.value,
    setShift: actions.setOverlay,
  })}`;
}

/**
 * The stage of the Lab.
 * @param {HTMLElement} host
 */
export function startStage(host) {
  host.classList.add('lab-stage');
  const views = {
    stage: stageView,
    transport: transportView,
    notice: noticeView,
    below: belowView,
  };
  const parts = Object.entries(views).map(([name, view]) => {
    const part = document.createElement('div');
    part.className = `lab-part is-${name}`;
    renderInFrames(view, (template) => template, part);
    return part;
  });
  host.replaceChildren(...parts);
  startStageKeys();
  startStageLabel({ ...stage, compared });
}
