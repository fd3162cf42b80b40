import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { count } from '../../core/number.js';
import { button, icon } from '../button.js';

/**
 * @typedef {object} TakeAwayModel
 * @property {any} run
 * @property {number | null} step  the moment that is shown
 * @property {boolean} hasCurves
 * @property {string} address  of the run in the API
 * @property {'rest' | 'copied' | 'not copied'} copying
 * @property {() => void} copyRecipe
 * @property {(kind: 'csv' | 'png' | 'svg') => void} save
 * @property {(title: string) => unknown} name
 */

const SHAPE = 'is-small';

/** @param {string} text @param {string} address @param {string} title */
const file = (text, address, title) =>
  html`<a class="button is-small" href=${address} title=${title} download>${text}</a>`;

/** @param {TakeAwayModel} model */
const curves = ({ hasCurves, save }) =>
  ['CSV', 'PNG', 'SVG'].map((text) =>
    button(text, {
      shape: SHAPE,
      name: `Curves as ${text}`,
      isOff: !hasCurves,
      act: () => save(/** @type {'csv'} */ (text.toLowerCase())),
    }),
  );

/** @param {string} name @param {unknown} content */
const row = (name, content) =>
  html`<div class="train-take"><span class="train-take-name">${name}</span><span class="train-take-what">${content}</span></div>`;

/** What of a run can be taken away. @param {TakeAwayModel} model */
export const takeAway = (model) => {
  const { run, step, address, copying, copyRecipe, name } = model;
  if (!run)
    return html`<p class="note">Of a run: its curves, its weights, and a script that carries it out again.</p>`;
  const copied = copying === 'copied' ? 'check' : 'copy';
  return html`
    <label class="train-take">
      <span class="train-take-name">name</span>
      <input
        class="train-title"
        type="text"
        maxlength="100"
        placeholder="keep it under a name"
        .value=${live(run.title ?? '')}
        @change=${(/** @type {Event} */ event) => name(/** @type {HTMLInputElement} */ (event.target).value)}
      />
    </label>
    ${row('curves', curves(model))}
    ${row(
      'recipe',
      html`${button(html`${icon(copied)} JSON`, { shape: SHAPE, act: copyRecipe, name: 'Copy the recipe as JSON' })}
      ${file('script', `${address}/script`, 'PyTorch that carries the run out again, with the same losses')}
      ${file('card', `${address}/card`, 'Recipe, network and outcome in one document')}`,
    )}
    ${
      step === null
        ? nothing
        : row(
            'weights',
            file(
              step === 0 ? 'before the first step' : `of step ${count(step)}`,
              `${address}/moments/${step}/weights`,
              'safetensors',
            ),
          )
    }
  `;
};
