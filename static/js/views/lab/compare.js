import { html, nothing } from 'lit-html';

import { nameOf } from '../../core/compare/comparison.js';
import { PAIRS } from '../../core/compare/pairs.js';
import { icon } from '../icon.js';

/**
 * @typedef {import('../../core/experiment/experiment.js').Experiment} Experiment
 * @typedef {import('../../core/compare/comparison.js').Fact} Fact
 * @typedef {import('../../core/compare/pairs.js').Pair} Pair
 */

/**
 * What the two sides differ in, and pairs that are worth comparing.
 * @param {{facts: readonly Fact[] | null, shown: Pair | null, show: (pair: Pair) => void,
 *   refusals: readonly (string | null)[], begin: () => void, end: () => void}} model  facts: null where nothing is compared
 */
export function compareView({ facts, shown, show, refusals, begin, end }) {
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

/**
 * Why some pairs cannot be chosen.
 * @param {readonly (string | null)[]} refusals
 */
function refusalLine(refusals) {
  const first = refusals.find((refusal) => refusal !== null);
  return first
    ? html`<p class="side-text">The input is too small for the pairs in grey. ${first}</p>`
    : nothing;
}

/**
 * What stands above each of the two stages.
 * @param {readonly Experiment[]} chain
 * @param {'A' | 'B'} letter
 */
export function compareName(chain, letter) {
  return html`<p class="compare-name"><strong class="compare-letter">${letter}</strong> ${nameOf(chain)}</p>`;
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
