import { html, nothing } from 'lit-html';

import { count, counted } from '../../core/number.js';
import { durationText } from '../../core/training/progress.js';
import { button, icon } from '../button.js';

/**
 * @typedef {object} PlanModel
 * @property {{parameters: number, trainable: number, training_images: number, validation_images: number,
 *   steps_per_epoch: number, steps: number, seconds_estimated: number | null,
 *   remarks: readonly any[]} | null} plan
 * @property {string | null} general  what is wrong with the recipe as a whole
 * @property {boolean} isChanged  whether it is another than the usual one
 * @property {() => void} reset
 * @property {string} copied
 * @property {() => void} copy
 */

/** How long it will take. @param {number | null} seconds */
function secondsText(seconds) {
  if (seconds === null) return '';
  return `, ${seconds < 1 ? '' : 'about '}${durationText(seconds)}`;
}

/** @param {NonNullable<PlanModel['plan']>} plan */
function figures(plan) {
  const { parameters, trainable, training_images: images, validation_images: others } = plan;
  const time = secondsText(plan.seconds_estimated);
  const frozen = trainable < parameters ? `, ${count(trainable)} of them trained` : '';
  return html`<p class="plan-line" data-plan="steps">${counted(plan.steps, 'step')}, ${count(plan.steps_per_epoch)} an epoch${time}</p>
    <p class="plan-line">${counted(images, 'image')} to learn from, ${count(others)} to validate</p>
    <p class="plan-line" data-plan="parameters">${counted(parameters, 'parameter')}${frozen}</p>
    ${plan.remarks.map((remark) => html`<p class="plan-line">${typeof remark === 'string' ? remark : remark.detail}</p>`)}`;
}

/** What the recipe comes to. @param {PlanModel} model */
export const planView = ({
  plan,
  general,
  isChanged,
  reset,
  copied,
  copy,
}) => html`<div class="plan">
  ${general ? html`<p class="field-error" role="alert">${general}</p>` : nothing}
  ${plan ? figures(plan) : nothing}
  <div class="plan-buttons">
    ${button('As in the article', { shape: 'is-small', isOff: !isChanged, act: reset, title: 'Every choice but the data as it was at first' })}
    ${button(html`${icon(copied === 'copied' ? 'check' : 'copy')} ${copied === 'rest' ? 'Copy as JSON' : copied}`, { shape: 'is-small', act: copy, title: 'The recipe, as POST /api/v1/runs takes it' })}
  </div>
</div>`;
