import { html, nothing, svg } from 'lit-html';

import { wayOf } from '../../core/compare/shift_words.js';
import { count, fixed, scientific } from '../../core/number.js';
import { pressedChoice } from '../button.js';

/**
 * @import {Shift, Shifted} from '../../core/compare/shift.js'
 * @import {Computed} from '../../core/experiment/outcome.js'
 * @typedef {object} SharingModel
 * @property {Computed} outcome
 * @property {boolean} isPool
 * @property {boolean} isLargest  whether it takes the largest value of each window
 * @property {Shift | null} shift
 * @property {Shifted | null} shifted
 * @property {(shift: Shift | null) => void} setShift
 */

/** Shifts one can choose. @type {readonly {value: Shift | null, text: string}[]} */
const SHIFTS = [
  { value: null, text: 'off' },
  { value: { rows: 0, columns: 1 }, text: '1 right' },
  { value: { rows: 0, columns: 2 }, text: '2 right' },
  { value: { rows: 1, columns: 0 }, text: '1 down' },
  { value: { rows: 1, columns: 1 }, text: '1 down, 1 right' },
];

/**
 * What it means that the same weights are used everywhere: how few parameters that takes, and that a
 * shifted input gives a shifted output.
 * @param {SharingModel} model
 */
export function sharing(model) {
  return html`<section class="lab-sharing" aria-label="Weight sharing">
    ${model.isPool ? nothing : bars(model.outcome)} ${shiftPart(model)}
  </section>`;
}

/** The parameters beside those of a fully connected layer, on a scale of powers of ten. @param {Computed} outcome */
function bars({ cost, dense }) {
  if (!cost) return nothing;
  const most = Math.log10(Math.max(dense.total, cost.total, 10));
  const width = (/** @type {number} */ total) => (100 * Math.log10(Math.max(total, 1.2))) / most;
  const times = dense.total / cost.total;
  const ratio =
    times >= 1.05
      ? `${times >= 10 ? count(Math.round(times)) : times.toFixed(1)} times as many`
      : 'no more';
  return html`<div class="lab-sharing-part">
    <h3>Weight sharing</h3>
    <p class="note">The same weights at every position. A fully connected layer would need ${ratio}.</p>
    <dl class="lab-bars">
      ${bar('this layer', cost.total, width(cost.total), 'is-own')}
      ${bar('fully connected', dense.total, width(dense.total), '')}
    </dl>
    <p class="note">Bars on a scale of powers of ten.</p>
  </div>`;
}

/** @param {string} name @param {number} total @param {number} width @param {string} shape */
function bar(name, total, width, shape) {
  return html`<div>
    <dt>${name}</dt>
    <dd>
      <svg class="lab-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<rect class=${shape} width=${width} height="8"></rect>`}
      </svg>
      ${count(total)}
    </dd>
  </div>`;
}

/** @param {SharingModel} model */
function shiftPart({ isPool, isLargest, shift, shifted, setShift }) {
  const now = SHIFTS.find(
    ({ value }) => value?.rows === shift?.rows && value?.columns === shift?.columns,
  );
  return html`<div class="lab-sharing-part">
    <h3>${isPool ? 'Shift the input: does the output notice?' : 'Shift the input: the output shifts along'}</h3>
    ${pressedChoice('Shift the input', SHIFTS, now?.value, (next) => setShift(next ?? null))}
    <p class="note" aria-live="polite">${shifted ? sentences(shifted, isPool) : invitation(isPool, isLargest)}</p>
  </div>`;
}

/** @param {boolean} isPool @param {boolean} isLargest */
function invitation(isPool, isLargest) {
  if (isLargest)
    return 'Where the largest value stays in its window, a pooled value stays the same.';
  return isPool
    ? 'A pooled value changes by what enters and leaves its window, the less the larger the window is.'
    : 'The stage then shows the shifted input, and on each output cell how much it differs from the shifted output.';
}

/** What the shift did. @param {Shifted} shifted @param {boolean} isPool */
function sentences({ by, isWhole, inside, largest, largestInside, unchanged }, isPool) {
  const cells = inside.length;
  const same = inside.reduce((sum, one) => sum + one, 0);
  const kept = `${unchanged} of ${cells} output values are exactly what they were.`;
  if (!isWhole) {
    return `The output would have to move by ${wayOf(by)}, but it moves by whole cells only: the shifted output differs by up to ${fixed(largest, 3)}. ${kept}`;
  }
  const moved = `The output moves by ${wayOf(by)}.`;
  if (same === 0) return `${moved} No cell has the same pixels under its window as before. ${kept}`;
  const exact =
    largestInside < 1e-9 ? 'the same numbers' : `a difference of ${scientific(largestInside)}`;
  const border =
    largest > 1e-9
      ? ' Only at the border, where padding or new pixels come in, do they differ.'
      : '';
  return `${moved} The ${same} cells whose windows hold the same pixels give ${exact}.${border}${isPool ? ` ${kept}` : ''}`;
}
