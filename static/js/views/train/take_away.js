import { html, nothing } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { live } from 'lit-html/directives/live.js';

import { count } from '../../core/number.js';
import { button, icon } from '../button.js';

/**
 * @typedef {object} TakeAwayModel
 * @property {string} run  its name; '' where there is none
 * @property {string} title  under which it is kept
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

/** Under which name a run is kept: written anew for another one, so that what is being typed stays. @param {TakeAwayModel} model */
const titleField = ({ run, title, name }) =>
  guard(
    [run, title],
    () => html`<label class="train-take">
        <span class="train-take-name">name</span>
        <input
          class="train-title"
          type="text"
          maxlength="100"
          placeholder="keep it under a name"
          .value=${live(title)}
          @change=${(/** @type {Event} */ event) => name(/** @type {HTMLInputElement} */ (event.target).value)}
        />
      </label>`,
  );

/** What of a run can be taken away. @param {TakeAwayModel} model */
export const takeAway = (model) => {
  const { run, step, address, copying, copyRecipe } = model;
  if (!run)
    return html`<p class="note">Of a run: its curves, its weights, and a script that carries it out again.</p>`;
  const copied = copying === 'copied' ? 'check' : 'copy';
  return html`
    ${titleField(model)}
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
