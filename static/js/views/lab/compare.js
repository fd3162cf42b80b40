import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { nameOf } from '../../core/compare/comparison.js';
import { PAIRS } from '../../core/compare/pairs.js';
import { button, icon, iconButton } from '../button.js';
import { segments } from './form_controls.js';

/**
 * @import {Fact} from '../../core/compare/comparison.js'
 * @import {Pair} from '../../core/compare/pairs.js'
 * @import {Experiment} from '../../core/experiment/experiment.js'
 */

/**
 * What the two sides differ in, and pairs that are worth comparing.
 * @param {{id: string, facts: readonly Fact[] | null, shown: Pair | null, show: (pair: Pair) => void,
 *   refusals: readonly (string | null)[], begin: () => void, end: () => void}} model  facts: null where nothing is compared
 */
export function compareView({ id, facts, shown, show, refusals, begin, end }) {
  return html`<section class="side-section" aria-labelledby=${`${id}-compare-title`}>
    <div class="side-head">
      <h2 class="side-title" id=${`${id}-compare-title`}>Compare</h2>
      ${
        facts
          ? button(html`End ${icon('x')}`, { shape: 'is-flat is-tiny', act: end })
          : button('Keep these as B', {
              title: 'Keeps the present settings beside those that you change',
              shape: 'is-flat is-tiny',
              act: begin,
            })
      }
    </div>
    ${facts ? factsTable(facts) : nothing}
    ${shown ? html`<p class="side-text">${shown.line}</p>` : nothing}
    <ul class="pairs">
      ${PAIRS.map(
        (pair, at) => html`<li>
          <button
            class="pair"
            type="button"
            ?disabled=${refusals[at] !== null}
            aria-current=${pair === shown ? 'true' : nothing}
            title=${refusals[at] ?? pair.line}
            @click=${() => show(pair)}
          >
            ${pair.title}
          </button>
        </li>`,
      )}
    </ul>
    ${refusalLine(refusals)}
  </section>`;
}

/** Why some pairs cannot be chosen. @param {readonly (string | null)[]} refusals */
function refusalLine(refusals) {
  const first = refusals.find((refusal) => refusal !== null);
  return first
    ? html`<p class="side-text">The input is too small for the pairs in grey. ${first}</p>`
    : nothing;
}

/**
 * Which of the two the controls set.
 * @param {{id: string, isBeside: boolean, choose: (isBeside: boolean) => void}} model
 */
export function sideChoice({ id, isBeside, choose }) {
  return html`<section class="control-section" aria-label="Which of the two is set">
    ${segments({
      name: `${id}-side`,
      label: 'Settings of',
      options: [
        { value: false, text: 'Settings of A' },
        { value: true, text: 'Settings of B' },
      ],
      value: isBeside,
      choose,
      shape: 'is-sides',
    })}
  </section>`;
}

/** Brings the settings of a side into hand. @param {{letter: 'A' | 'B', isInHand: boolean, take: () => void}} model */
export const sideButton = ({ letter, isInHand, take }) =>
  button(isInHand ? `${letter} is set by the controls` : `Set ${letter}`, {
    shape: 'compare-take',
    isPressed: isInHand,
    act: take,
  });

/**
 * What is done with the compared side as a whole.
 * @param {{isTwice: boolean, canBeTwice: boolean, setTwice: (isTwice: boolean) => void,
 *   swap: () => void}} model
 */
export function besideTools({ isTwice, canBeTwice, setTwice, swap }) {
  return html`${
    canBeTwice
      ? html`<label class="compare-twice">
          <input
            type="checkbox"
            .checked=${live(isTwice)}
            @change=${(/** @type {Event} */ { target }) =>
              setTwice(/** @type {HTMLInputElement} */ (target).checked)}
          />
          twice in a row
        </label>`
      : nothing
  }
  ${iconButton('swap', { name: 'Swap A and B', shape: 'is-small compare-swap', act: swap })}`;
}

/** What stands above each of the two stages. @param {readonly Experiment[]} chain @param {'A' | 'B'} letter */
export function compareName(chain, letter) {
  return html`<p class="compare-name"><strong class="compare-letter">${letter}</strong> ${nameOf(chain)}</p>`;
}

/** What the two differ in. @param {readonly Fact[]} facts */
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
