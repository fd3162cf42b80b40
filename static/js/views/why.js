import { html, nothing } from 'lit-html';

import { button, pressedChoice } from './button.js';
import { detailHead } from './layer.js';
import { mapFigure } from './why_figures.js';
import { patchFigure, patchFigures } from './why_patch.js';
import { questionControls } from './why_controls.js';
import { completenessView, likenessView, randomView } from './why_checks.js';

/**
 * @typedef {object} WhyModel
 * @property {string} title
 * @property {string} subtitle
 * @property {string} role
 * @property {readonly {value: string, text: string}[]} methods
 * @property {string} method
 * @property {string} shows
 * @property {string} hides
 * @property {import('./why_controls.js').ControlsModel} controls
 * @property {import('./why_figures.js').FigureModel[]} figures
 * @property {import('./why_patch.js').PatchModel | null} patch  where a patch is moved by hand
 * @property {import('./why_checks.js').ChecksModel} checks
 * @property {string} note  what the answer says of itself
 * @property {string} failure
 * @property {boolean} isWaiting
 * @property {boolean} isStopped
 * @property {{done: number, of: number} | null} steps
 *
 * @typedef {import('./why_controls.js').ControlsActions & import('./why_figures.js').FigureActions &
 *   import('./why_patch.js').PatchActions & import('./why_checks.js').ChecksActions &
 *   {close: () => void, open: (view: any) => void, stop: () => void, askAgain: () => void}} WhyActions
 */

/** How far it is, and the way to end it; its place is there before, so that nothing moves. @param {WhyModel} model @param {WhyActions} actions */
function progress({ isWaiting, isStopped, steps, failure }, { stop, askAgain }) {
  const again = button('Ask again', { shape: 'is-small', act: askAgain });
  if (failure) return html`<span class="field-error" role="alert">${failure}</span> ${again}`;
  if (isStopped) return html`<span>Stopped.</span> ${again}`;
  if (!isWaiting || !steps) return nothing;
  const { done, of } = steps;
  return html`<progress max=${of} value=${done} aria-label="Steps"></progress>
    <span>${done} of ${of} steps</span>
    ${button('Cancel', { shape: 'is-small', act: stop })}`;
}

/** Why a network decides so: the ways to ask, what is asked, and the maps. @param {WhyModel} model @param {WhyActions} actions */
export function whyView(model, actions) {
  const { title, subtitle, role, methods, method, shows, hides, figures, patch, checks } = model;
  const choose = (/** @type {string} */ chosen) => actions.ask({ method: chosen });
  return html`<section class="why" aria-label="Why" aria-busy=${String(model.isWaiting)}>
    ${detailHead(title, subtitle, role, { before: [], behind: [] }, actions)}
    ${pressedChoice('Method', methods, method, choose, 'why-methods')}
    <div class="why-columns">
      <div class="why-question">
        ${questionControls(model.controls, actions)}
        <p>${shows}</p>
        <p>${hides}</p>
        ${model.note ? html`<p class="note">${model.note}</p>` : nothing}
        ${patch ? nothing : [completenessView(checks), randomView(checks, actions)]}
      </div>
      <div class="why-answer">
        <div class="why-figures">
          ${patch ? [patchFigure(patch, actions), patchFigures(patch)] : figures.map((figure, i) => mapFigure(figure, i === 0, actions))}
        </div>
        ${patch ? nothing : likenessView(checks)}
        <div class="why-progress">${progress(model, actions)}</div>
      </div>
    </div>
  </section>`;
}
