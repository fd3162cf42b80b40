import { html, nothing } from 'lit-html';

import { count } from '../../core/number.js';
import {
  accuracyText,
  durationText,
  lossText,
  stateText,
  whereText,
} from '../../core/training/progress.js';
import { contrastText } from '../../core/training/recipe_words.js';
import { button, icon, pressedChoice } from '../button.js';

/**
 * @typedef {object} HeadModel
 * @property {any} run
 * @property {boolean} isLiving
 * @property {boolean} canResume
 * @property {boolean} isQueueing  whether a run would have to wait
 * @property {{epoch: number, val_accuracy: number, val_loss: number} | null} best
 * @property {number} secondsLeft
 * @property {number} speed  pictures a second
 * @property {string} pictures  what they are
 * @property {readonly {text: string, other: string}[]} stale  what it was trained with, and what the recipe has now
 * @property {() => void} takeRecipe
 * @property {string | null} problem
 * @property {readonly string[]} oldest  runs that could be deleted, where there is no more room
 * @property {string} status
 * @property {readonly {name: string, title: string}[]} views
 * @property {string} view
 * @property {{start: () => void, pause: () => void, resume: () => void, cancel: () => void,
 *   look: (view: string) => void, remove: (...ids: string[]) => void}} actions
 */

/** One number and what it is. @param {string} name @param {unknown} value */
const figure = (name, value) =>
  html`<div class="train-figure"><dt>${name}</dt><dd>${value}</dd></div>`;

/** @param {HeadModel} model */
function figures({ run, isLiving, best, speed, pictures, secondsLeft }) {
  if (!run) return nothing;
  return html`<dl class="train-figures">
    ${best ? figure("best epoch's accuracy", accuracyText(best.val_accuracy)) : nothing}
    ${best ? figure('its validation loss', lossText(best.val_loss)) : nothing}
    ${isLiving ? figure('left', durationText(secondsLeft) || '…') : nothing}
    ${speed > 0 ? figure(`${pictures} a second`, count(Math.round(speed))) : nothing}
  </dl>`;
}

/** @param {HeadModel} model */
function where({ run, status }) {
  if (!run) return status === 'loading' ? 'One moment…' : 'No run yet.';
  const told = status === 'interrupted' ? ' The connection is interrupted; trying again.' : '';
  const at = run.steps > 0 ? `: ${whereText(run)}` : '';
  return html`<strong class="train-state" data-state=${run.state}>${stateText(run.state)}</strong>${at}${told}`;
}

/** @param {HeadModel} model */
function buttons({ run, isLiving, canResume, isQueueing, actions }) {
  return html`<div class="train-buttons">
    ${
      run?.state === 'running'
        ? button(html`${icon('pause')} Pause`, { act: actions.pause })
        : nothing
    }
    ${canResume ? button(html`${icon('play')} Resume`, { act: actions.resume }) : nothing}
    ${isLiving || canResume ? button('Cancel', { act: actions.cancel }) : nothing}
    ${button(html`${icon('play')} ${isQueueing ? 'Queue a run' : 'Start training'}`, {
      shape: 'is-primary train-start',
      act: actions.start,
    })}
  </div>`;
}

/** @param {HeadModel} model */
function stale({ run, stale: changes, takeRecipe }) {
  if (!run || changes.length === 0) return nothing;
  const text = changes.map(contrastText);
  return html`<p class="train-stale" role="status">
    <span class="pill is-stale">stale</span>
    <span>What is shown was trained with ${text.join('; ')}.</span>
    ${button('Take its recipe', { shape: 'is-small', act: takeRecipe })}
  </p>`;
}

/** What went wrong, and the way out. @param {HeadModel} model */
function problem({ problem: sentence, oldest, actions }) {
  if (!sentence) return nothing;
  const way =
    oldest.length > 0
      ? button(
          oldest.length === 1 ? 'Delete the oldest run' : `Delete the ${oldest.length} oldest runs`,
          {
            shape: 'is-small',
            act: () => actions.remove(...oldest),
          },
        )
      : nothing;
  return html`<div class="train-problem"><p class="field-error" role="alert">${sentence}</p>${way}</div>`;
}

/** The line above all else: what is shown, what it came to, and what one can do. @param {HeadModel} model */
export const runHead = (model) => html`
  <div class="train-head-line">
    <p class="train-where" role="status">${where(model)}</p>
    ${buttons(model)}
  </div>
  ${figures(model)}
  ${model.run?.reason ? html`<p class="note">${model.run.reason}</p>` : nothing}
  ${problem(model)}
  ${stale(model)}
  ${
    model.views.length > 1
      ? pressedChoice(
          'View',
          model.views.map(({ name, title }) => ({ value: name, text: title })),
          model.view,
          model.actions.look,
        )
      : nothing
  }
`;
