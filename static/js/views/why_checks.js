import { html, nothing } from 'lit-html';

import { significant } from '../core/number.js';
import { likenessText, remainderText } from '../core/attribution/words.js';
import { namesText } from '../core/sentences.js';

/**
 * What tests a method.
 * @typedef {object} ChecksModel
 * @property {import('../core/attribution/words.js').Completeness | null} completeness
 * @property {string} score  what is explained, in words
 * @property {number} random  so many layers are random
 * @property {readonly string[]} learning  all that could be, the one nearest to the answer first
 * @property {number | null} correlation  of both maps
 * @property {boolean} isCompared  whether there are both
 * @property {string} prefix  what ids begin with
 *
 * @typedef {{ask: (change: {random: number}) => void}} ChecksActions
 */

/** That what all pixels add is the difference of two logits, in numbers. @param {ChecksModel} model */
export function completenessView({ completeness, score }) {
  if (!completeness) return nothing;
  const { total, score: here, score_of_paper: there, difference } = completeness;
  return html`<div class="why-complete">
    <h3>What it adds up to</h3>
    <dl>
      <dt>all pixels together</dt>
      <dd>${significant(total, 5)}</dd>
      <dt>${score}</dt>
      <dd>${significant(here, 5)}</dd>
      <dt>the same of an empty picture</dt>
      <dd>${significant(there, 5)}</dd>
      <dt>difference</dt>
      <dd>${significant(difference, 5)}</dd>
    </dl>
    <p class="note">${remainderText(completeness)}</p>
  </div>`;
}

/** The layers nearest to the answer made random, as a switch. @param {ChecksModel} model @param {ChecksActions} actions */
export function randomView({ random, learning, prefix }, { ask }) {
  if (learning.length === 0) return nothing;
  const isOn = random > 0;
  const id = `${prefix}why-random`;
  const turn = () => ask({ random: isOn ? 0 : 1 });
  const slide = (/** @type {Event & {target: HTMLInputElement}} */ { target }) =>
    ask({ random: Number(target.value) });
  return html`<div class="why-random">
    <label class="toggle" for=${id}>
      <span>Random layers</span>
      <input class="toggle-input" type="checkbox" role="switch" id=${id} .checked=${isOn} @change=${turn} />
    </label>
    <p>
      A method that shows what the network has learned has to show something else once its layers have
      random weights (Adebayo et al. 2018).
    </p>
    ${
      isOn
        ? html`<label class="why-range">
              <span>${random} of ${learning.length} from the answer: ${namesText(learning.slice(0, random))}</span>
              <input type="range" min="1" max=${learning.length} .value=${String(random)} @change=${slide} />
            </label>`
        : nothing
    }
  </div>`;
}

/** How alike the maps of the trained and of the random network are. @param {ChecksModel} model */
export const likenessView = ({ random, correlation, isCompared }) =>
  html`<p class="why-likeness" role="status">
    ${random > 0 && isCompared ? likenessText(correlation) : nothing}
  </p>`;
