import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { OPERATIONS, withOperation } from '../../core/lab/experiment.js';
import { fieldsOf, slidersOf } from '../../core/lab/controls.js';
import { nameOf } from '../../core/lab/comparison.js';
import { PAIRS, withNumber } from '../../core/lab/pairs.js';
import { icon } from '../icon.js';

/**
 * @typedef {import('../../core/lab/experiment.js').Experiment} Experiment
 * @typedef {import('../../core/lab/comparison.js').Fact} Fact
 * @typedef {import('../../core/lab/pairs.js').Pair} Pair
 */

/**
 * What the two sides differ in, and pairs that are worth comparing.
 * @param {{facts: readonly Fact[] | null, shown: Pair | null, show: (pair: Pair) => void,
 *   begin: () => void, end: () => void}} model  facts: null where nothing is compared
 */
export function compareView({ facts, shown, show, begin, end }) {
  return html`<section class="side-section" aria-labelledby="compare-title">
    <div class="side-head">
      <h2 class="side-title" id="compare-title">Compare</h2>
      ${
        facts
          ? html`<button class="side-toggle" type="button" @click=${end}>End ${icon('x')}</button>`
          : html`<button
              class="side-toggle"
              type="button"
              title="Keeps the present settings beside those that you change"
              @click=${begin}
            >
              Keep these as B
            </button>`
      }
    </div>
    ${facts ? factsTable(facts) : nothing}
    ${shown ? html`<p class="side-text">${shown.line}</p>` : nothing}
    <ul class="pairs">
      ${PAIRS.map(
        (pair) => html`<li>
          <button
            class="pair"
            type="button"
            aria-current=${pair === shown ? 'true' : nothing}
            title=${pair.line}
            @click=${() => show(pair)}
          >
            ${pair.title}
          </button>
        </li>`,
      )}
    </ul>
  </section>`;
}

/**
 * What stands above each of the two stages.
 * @param {readonly Experiment[]} chain
 * @param {'A' | 'B'} letter
 */
export function compareName(chain, letter) {
  return html`<p class="compare-name"><strong class="compare-letter">${letter}</strong> ${nameOf(chain)}</p>`;
}

/** @type {Record<string, string>} */
const SHORT = {
  kernel_size: 'kernel',
  stride: 'stride',
  padding: 'padding',
  dilation: 'dilation',
};

/**
 * What can be set of the compared side.
 * @param {object} model
 * @param {Experiment} model.other
 * @param {boolean} model.isTwice
 * @param {boolean} model.canBeTwice
 * @param {(next: Experiment) => void} model.set
 * @param {(isTwice: boolean) => void} model.setTwice
 * @param {() => void} model.swap
 */
export function otherSettings({ other, isTwice, canBeTwice, set, setTwice, swap }) {
  const choose = (/** @type {Event} */ event) => {
    const name = /** @type {HTMLSelectElement} */ (event.target).value;
    const operation = OPERATIONS.find((one) => one === name);
    if (operation) set(withOperation(other, operation));
  };
  return html`<div class="compare-settings">
    <select class="compare-operation" aria-label="Operation of B" @change=${choose}>
      ${OPERATIONS.map(
        (one) =>
          html`<option value=${one} .selected=${live(one === other.operation)}>${wordOf(one)}</option>`,
      )}
    </select>
    ${fieldsOf(other.operation).flatMap((field) => (field in SHORT ? [numberOf(other, field, set)] : []))}
    ${canBeTwice ? twiceSwitch(isTwice, setTwice) : nothing}
    <button class="button is-icon compare-swap" type="button" title="Swap A and B" aria-label="Swap A and B" @click=${swap}>
      ${icon('swap')}
    </button>
  </div>`;
}

/** An operation in words. @param {string} operation */
function wordOf(operation) {
  if (operation === 'conv2d') return 'convolution';
  if (operation === 'conv_transpose2d') return 'transposed';
  return `${operation.replaceAll('_', ' ')} pooling`;
}

/**
 * One number of the compared side, which ends where it becomes impossible.
 * @param {Experiment} other
 * @param {string} name
 * @param {(next: Experiment) => void} set
 */
function numberOf(other, name, set) {
  const field = /** @type {import('../../core/ends.js').Field} */ (name);
  const [slider] = slidersOf(other, field, { isApart: false, isBySide: false });
  if (!slider) return nothing;
  const change = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const typed = Number.isFinite(input.valueAsNumber) ? input.valueAsNumber : slider.value;
    const value = Math.min(Math.max(Math.round(typed), slider.least), slider.most);
    input.value = String(value);
    if (value !== slider.value) set(withNumber(other, field, value));
  };
  return html`<label class="compare-number">
    <span>${SHORT[name]}</span>
    <input
      type="number"
      min=${slider.least}
      max=${slider.most}
      title=${slider.above}
      .value=${live(String(slider.value))}
      @change=${change}
    />
  </label>`;
}

/**
 * @param {boolean} isTwice
 * @param {(isTwice: boolean) => void} set
 */
function twiceSwitch(isTwice, set) {
  return html`<label class="compare-twice">
    <input
      type="checkbox"
      .checked=${live(isTwice)}
      @change=${(/** @type {Event} */ event) => set(/** @type {HTMLInputElement} */ (event.target).checked)}
    />
    twice
  </label>`;
}

/**
 * What the two differ in.
 * @param {readonly Fact[]} facts
 */
export function factsTable(facts) {
  return html`<table class="facts">
    <caption class="visually-hidden">What A and B differ in</caption>
    <thead>
      <tr>
        <th scope="col"><span class="visually-hidden">what</span></th>
        <th scope="col"><strong class="compare-letter">A</strong></th>
        <th scope="col"><strong class="compare-letter">B</strong></th>
        <th scope="col">difference</th>
      </tr>
    </thead>
    <tbody>
      ${facts.map(
        ({ title, one, two, difference }) => html`<tr>
          <th scope="row">${title}</th>
          <td>${one}</td>
          <td>${two}</td>
          <td class=${difference === 'same' || difference === 'equal' ? 'is-same' : ''}>${difference}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
