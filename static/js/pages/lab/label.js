import { signal } from '@preact/signals-core';
import { html, render } from 'lit-html';

import { placeBeside } from '../../core/stage/label_position.js';
import { answersOf, boxOfPlace, boxOfPlane } from '../../elements/lab_places.js';
import { labLabel } from '../../views/lab/label.js';
import { actInFrames } from '../common/frames.js';

/** The header stays free, CSS px. */
const HEADER_PX = 54;
/** What one presses while a label stands, no more to be hidden than what answers. */
const CONTROLS = '.transport :is(button, input, select), .lab-notice button';
/** What is better read than hidden, though not at the cost of what answers. */
const BESIDE = '.lab-frame, .lab-caption, .lab-notice, .lab-formulas, .transport';
/** Space around the label, CSS px. */
const EDGE_PX = 8;
/** On a narrower screen the label lies at the lower edge, CSS px. */
const NARROW_PX = 560;

/**
 * Where a label goes; null where its cell is not drawn.
 * @param {HTMLElement} host  of the Lab
 * @param {HTMLElement} label
 * @param {import('../../core/stage/place.js').Place} place
 * @param {import('../../core/stage/label_position.js').Corner | null} before  where it stands
 */
function cornerFor(host, label, place, before) {
  const size = label.getBoundingClientRect();
  const [wide, high] = [document.documentElement.clientWidth, innerHeight];
  // Beside a compared stage the label keeps off what answers there too.
  /** @type {NodeListOf<import('../../elements/lab_stage.js').LabStage>} */
  const stages = host.querySelectorAll('lab-stage');
  const own = [...stages].find((one) => one.closest('.lab-stage'));
  const cell = own && boxOfPlace(own, place);
  const plane = own && boxOfPlane(own, place);
  if (!own || !cell || !plane) return null;
  if (wide < NARROW_PX) return { left: EDGE_PX, top: high - EDGE_PX - size.height };
  const boxesOf = (/** @type {string} */ selector) =>
    [...host.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
  const around = {
    answers: [plane, ...[...stages].flatMap(answersOf), ...boxesOf(CONTROLS)],
    beside: boxesOf(BESIDE),
  };
  const { left: begin } = own.getBoundingClientRect();
  const view = {
    left: Math.max(EDGE_PX, Math.min(begin, wide - EDGE_PX - size.width)),
    top: HEADER_PX,
    right: wide - EDGE_PX,
    bottom: high - EDGE_PX,
  };
  return placeBeside(cell, around, size, view, before);
}

/**
 * Shows what the cell under the pointer, or the pinned one, is made of.
 * @param {import('./instance.js').LabInstance} instance
 * @param {HTMLElement} place
 * @param {import('./stage_model.js').Stage} stage
 * @param {import('@preact/signals-core').ReadonlySignal<{ours: number | null, torch: number | null}>} compared
 */
export function startStageLabel(instance, place, stage, compared) {
  const { host, lab, living } = instance;
  render(html`<div class="lab-label" hidden></div>`, place);
  const label = /** @type {HTMLElement} */ (place.firstElementChild);
  const { model, equation, isPointed, isPinShown, arrangements } = stage;
  const scrolled = signal(0);
  for (const type of ['scroll', 'resize']) {
    addEventListener(type, () => (scrolled.value += 1), { passive: true, signal: living });
  }
  /** @type {import('../../core/stage/label_position.js').Corner | null} */
  let corner = null;
  const read = () => {
    const planes = model.value;
    const explained = planes && (isPointed.value || planes.isPinned) ? equation.value : null;
    if (!planes || !explained) return null;
    for (const moved of [scrolled, arrangements]) void moved.value;
    return { planes, explained, isPinned: isPinShown.value, compared: compared.value };
  };
  const show = (/** @type {ReturnType<typeof read>} */ now) => {
    label.hidden = !now;
    if (!now) return void (corner = null);
    const { planes, explained, isPinned } = now;
    const { ours, torch } = now.compared;
    label.classList.toggle('is-pinned', isPinned);
    render(
      labLabel({
        ...{ planes, equation: explained, isPinned },
        check: ours === null ? null : { ours, torch },
        unpin: lab.actions.unpin,
        editGradient: (value) => lab.actions.setOutputGradientCell(explained.place, value),
      }),
      label,
    );
    corner = cornerFor(host, label, explained.place, corner);
    if (!corner) return;
    const { left, top } = corner;
    label.style.setProperty('transform', `translate(${Math.round(left)}px, ${Math.round(top)}px)`);
  };
  instance.atEnd(actInFrames(read, show));
}
