import { html } from 'lit-html';

import { movedText } from '../core/attribution/words.js';
import { percent, significant } from '../core/number.js';
import { pressedChoice } from './button.js';

/**
 * @import {Patch} from '../core/attribution/picture.js'
 *
 * A patch that is moved by hand, and what it does.
 * @typedef {object} PatchModel
 * @property {{image: import('../core/attribution/picture.js').Image, patch: Patch}} board
 * @property {number} most  the largest side
 * @property {string} fillText  what it is filled with
 * @property {string} label  of the class
 * @property {{probability: number, logit: number}} before
 * @property {{probability: number, logit: number} | null} after  null: not yet known
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

/** @param {string} name @param {{probability: number, logit: number} | null} outcome */
const outcomeRow = (name, outcome) => html`<tr>
  <th scope="row">${name}</th>
  <td>${outcome ? percent(outcome.probability) : '…'}</td>
  <td>${outcome ? significant(outcome.logit, 4) : '…'}</td>
</tr>`;

/** The probability before and after. @param {PatchModel} model */
export function patchFigures({ label, before, after, seen }) {
  const moved = after ? movedText(before.probability, after.probability) : 'is asked for';
  return html`<div class="why-outcome">
    <h3>What becomes of ${label}</h3>
    <p class="why-moved"><strong>${after ? percent(after.probability) : '…'}</strong> <span>${moved}</span></p>
    <svg class="why-bars" viewBox="0 0 100 22" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-ground" width="100" height="10"></rect>
      <rect class="why-before" width=${100 * before.probability} height="10"></rect>
      <rect class="bar-ground" y="12" width="100" height="10"></rect>
      <rect class="why-after" y="12" width=${100 * (after?.probability ?? 0)} height="10"></rect>
    </svg>
    <table class="facts">
      <thead>
        <tr><th scope="col"><span class="visually-hidden">Picture</span></th><th scope="col">probability</th><th scope="col">logit</th></tr>
      </thead>
      <tbody>${outcomeRow('before', before)} ${outcomeRow('with the patch', after)}</tbody>
    </table>
    <p role="status">${seen ? html`With the patch the network sees <strong>${seen.label}</strong>, ${percent(seen.probability)}.` : ''}</p>
  </div>`;
}
