import { html, svg } from 'lit-html';

import { percent } from '../core/number.js';
import { pressedChoice } from './button.js';

/**
 * @import {Measure} from '../core/attribution/measures.js'
 * @import {Patch} from '../core/attribution/picture.js'
 *
 * A number before, and with the patch; null: not yet known.
 * @typedef {{measure: Measure, before: number, after: number | null}} Reading
 *
 * A patch that is moved by hand, and what it does.
 * @typedef {object} PatchModel
 * @property {{image: import('../core/attribution/picture.js').Image, patch: Patch}} board
 * @property {number} most  the largest side
 * @property {string} fillText  what it is filled with
 * @property {string} of  what it becomes of
 * @property {readonly Reading[]} readings  what is asked about first
 * @property {{label: string, probability: number} | null} seen  what the network sees with the patch
 * @property {string} prefix  what ids begin with
 *
 * @typedef {{movePatch: (change: Partial<Patch>) => void}} PatchActions
 */

/** @type {{value: Patch['fill'], text: string}[]} */
const FILLS = [
  { value: 'zero', text: '0' },
  { value: 'mean', text: 'mean' },
];

/** The picture with the patch, and what can be chosen of it. @param {PatchModel} model @param {PatchActions} actions */
export function patchFigure({ board, most, fillText, prefix }, { movePatch }) {
  const { row, column, side, fill } = board.patch;
  const size = (/** @type {Event & {target: HTMLInputElement}} */ { target }) =>
    movePatch({ side: Number(target.value) });
  return html`<figure class="why-figure">
    <div class="why-figure-head"><h3>Drag the patch</h3></div>
    <patch-board
      role="application"
      tabindex="0"
      aria-label=${`A patch of ${side}×${side} pixels at row ${row}, column ${column}. Arrow keys move it, plus and minus change its size.`}
      .model=${board}
      @patch=${(/** @type {CustomEvent<Partial<Patch>>} */ { detail }) => movePatch(detail)}
    ></patch-board>
    <div class="why-patch-tools">
      <label class="why-range" for=${`${prefix}why-side`}>
        <span>${side}×${side} pixels</span>
        <input type="range" id=${`${prefix}why-side`} min="1" max=${most} .value=${String(side)} @input=${size} />
      </label>
      <span class="why-fill">
        <span aria-hidden="true">Filled with</span>
        ${pressedChoice('Filled with', FILLS, fill, (chosen) => movePatch({ fill: chosen }))}
      </span>
    </div>
    <p class="why-readout">Filled with ${fillText}. Arrow keys move it, with Shift by its side; + and − change its size.</p>
  </figure>`;
}

/** @param {string} name @param {readonly Reading[]} readings @param {'before' | 'after'} when */
const outcomeRow = (name, readings, when) => html`<tr>
  <th scope="row">${name}</th>
  ${readings.map(({ measure, [when]: value }) => html`<td>${value === null ? '…' : measure.text(value)}</td>`)}
</tr>`;

/** A number before, and under it with the patch, from where 0 is. @param {Reading} reading */
function bars({ measure, before, after }) {
  const [least, most] = measure.span([before, after ?? before]);
  const at = (/** @type {number} */ value) => (100 * (value - least)) / (most - least || 1);
  const bar = (
    /** @type {string} */ shape,
    /** @type {number} */ top,
    /** @type {number} */ value,
  ) =>
    svg`<rect class="bar-ground" y=${top} width="100" height="10"></rect>
      <rect class=${shape} x=${at(Math.min(0, value))} y=${top} width=${Math.abs(at(value) - at(0))} height="10"></rect>`;
  return html`<svg class="why-bars" viewBox="0 0 100 22" preserveAspectRatio="none" aria-hidden="true">
    ${bar('why-before', 0, before)} ${bar('why-after', 12, after ?? 0)}
  </svg>`;
}

/** What is asked about, before and after. @param {PatchModel} model */
export function patchFigures({ of, readings, seen }) {
  const [{ measure, before, after }] = readings;
  return html`<div class="why-outcome">
    <h3>What becomes of ${of}</h3>
    <p class="why-moved">
      <strong>${after === null ? '…' : measure.text(after)}</strong>
      <span>${after === null ? 'is asked for' : measure.moved(before, after)}</span>
    </p>
    ${bars(readings[0])}
    <table class="facts">
      <thead>
        <tr>
          <th scope="col"><span class="visually-hidden">Picture</span></th>
          ${readings.map(({ measure: { name } }) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>${outcomeRow('before', readings, 'before')} ${outcomeRow('with the patch', readings, 'after')}</tbody>
    </table>
    <p role="status">${seen ? html`With the patch the network sees <strong>${seen.label}</strong>, ${percent(seen.probability)}.` : ''}</p>
  </div>`;
}
