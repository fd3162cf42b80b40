import { effect, signal } from '@preact/signals-core';
import { html, render } from 'lit-html';

import { answersOf, boxOfPlace } from '../elements/lab-places.js';
import { setOutputGradientCell, unpin } from '../state/lab/actions.js';
import { labLabel } from '../views/lab/label.js';

/** Space between a cell and its label, CSS px. */
const DISTANCE_PX = 14;
/** The header stays free, CSS px. */
const HEADER_PX = 54;
/** What is better read than hidden, though not at the cost of what answers. */
const BESIDE = '.lab-caption, .lab-notice, .transport';
const BESIDE_WEIGHT = 0.5;
/** On a narrower screen the label lies at the lower edge, CSS px. */
const NARROW_PX = 560;

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Rectangle
 */

/**
 * Where a label goes: beside its cell, where it hides the least of what answers the cell, and of the
 * words beside that.
 * @param {Rectangle} cell
 * @param {readonly Rectangle[]} answers
 * @param {readonly Rectangle[]} beside
 * @param {{width: number, height: number}} label
 * @param {number} leftEnd  where the stage begins
 */
function placeBeside(cell, answers, beside, { width, height }, leftEnd) {
  const [wide, high] = [document.documentElement.clientWidth, innerHeight];
  if (wide < NARROW_PX) return { left: 8, top: high - 8 - height };
  const first = Math.max(8, Math.min(leftEnd, wide - 8 - width));
  const across = (/** @type {number} */ at) => Math.max(first, Math.min(at, wide - 8 - width));
  const down = (/** @type {number} */ at) => Math.max(HEADER_PX, Math.min(at, high - 8 - height));
  const [right, below] = [cell.right + DISTANCE_PX, cell.bottom + DISTANCE_PX];
  const [left, above] = [cell.left - DISTANCE_PX - width, cell.top - DISTANCE_PX - height];
  const lowest = Math.max(...answers.map(({ bottom }) => bottom)) + DISTANCE_PX;
  const highest = Math.min(...answers.map(({ top }) => top)) - DISTANCE_PX - height;
  const corners = [
    [right, below],
    [right, above],
    [left, below],
    [left, above],
    [cell.left, lowest],
    [cell.left, below],
    [right, cell.top],
    [cell.left - width / 2, lowest],
    [cell.right - width, lowest],
    [cell.left, highest],
    [cell.left - width / 2, highest],
    [cell.right - width, highest],
  ].map(([x, y]) => ({ left: across(x), top: down(y) }));
  const over = (
    /** @type {readonly Rectangle[]} */ rectangles,
    /** @type {{left: number, top: number}} */ at,
  ) => rectangles.reduce((sum, one) => sum + overlap(one, at, width, height), 0);
  const hidden = (/** @type {{left: number, top: number}} */ at) =>
    over([cell, ...answers], at) + BESIDE_WEIGHT * over(beside, at);
  return corners.reduce((best, one) => (hidden(one) < hidden(best) - 1 ? one : best));
}

/**
 * @param {Rectangle} one
 * @param {{left: number, top: number}} at
 * @param {number} width
 * @param {number} height
 */
function overlap(one, { left, top }, width, height) {
  const across = Math.min(one.right, left + width) - Math.max(one.left, left);
  const down = Math.min(one.bottom, top + height) - Math.max(one.top, top);
  return Math.max(0, across) * Math.max(0, down);
}

/**
 * Shows what the cell under the pointer, or the pinned one, is made of.
 * @param {Pick<typeof import('./lab-stage-model.js'), 'model' | 'equation' | 'isPointed' | 'arrangements'>
 *   & Pick<typeof import('./lab-stage-check.js'), 'compared'>} from
 */
export function startStageLabel({ model, equation, isPointed, compared, arrangements }) {
  const host = document.getElementById('label');
  if (!host) return;
  render(html`<div class="lab-label" hidden></div>`, host);
  const label = /** @type {HTMLElement} */ (host.firstElementChild);
  const scrolled = signal(0);
  addEventListener('scroll', () => (scrolled.value += 1), { passive: true });
  addEventListener('resize', () => (scrolled.value += 1), { passive: true });
  let isQueued = false;
  const show = () => {
    isQueued = false;
    const [now, explained] = [model.value, equation.value];
    const isShown = now !== null && explained !== null && (isPointed.value || now.isPinned);
    label.hidden = !isShown;
    if (!isShown) return;
    label.classList.toggle('is-pinned', now.isPinned && !isPointed.value);
    const { ours, torch } = compared.value;
    render(
      labLabel({
        planes: now,
        equation: explained,
        isPinned: now.isPinned && !isPointed.value,
        check: ours === null ? null : { ours, torch },
        unpin,
        editGradient: (value) => setOutputGradientCell(explained.place, value),
      }),
      label,
    );
    // Beside a compared stage the label keeps off what answers there too.
    /** @type {NodeListOf<import('../elements/lab-stage.js').LabStage>} */
    const stages = document.querySelectorAll('lab-stage');
    const own = [...stages].find((one) => one.closest('#lab-stage'));
    const cell = own && boxOfPlace(own, explained.place);
    if (!own || !cell) return;
    const size = label.getBoundingClientRect();
    const answers = [...stages].flatMap(answersOf);
    const words = [...document.querySelectorAll(BESIDE)].map((one) => one.getBoundingClientRect());
    const leftEnd = own.getBoundingClientRect().left;
    const { left, top } = placeBeside(cell, answers, words, size, leftEnd);
    label.style.setProperty('transform', `translate(${Math.round(left)}px, ${Math.round(top)}px)`);
  };
  effect(() => {
    void [
      model.value,
      equation.value,
      compared.value,
      isPointed.value,
      scrolled.value,
      arrangements.value,
    ];
    if (isQueued) return;
    isQueued = true;
    requestAnimationFrame(show);
  });
}
