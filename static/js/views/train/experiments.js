import { html, nothing } from 'lit-html';

import { unbroken } from '../../core/number.js';
import { expectation, outcomeText } from '../../core/training/experiment.js';
import { stateText, whereText } from '../../core/training/progress.js';
import { button, icon } from '../button.js';
import { spreads } from './spreads.js';

/**
 * @import {Expected, Experiment, Outcome} from '../../core/training/experiment.js'
 *
 * @typedef {object} ExperimentsModel
 * @property {readonly Experiment[] | null} experiments
 * @property {Experiment | null} experiment  the one that is open
 * @property {readonly any[]} found  its runs, each null before it has begun
 * @property {'none' | 'living' | 'ended' | 'some'} progress
 * @property {Outcome | null} outcome
 * @property {readonly Expected[]} plans  what its recipes come to, once that is known
 * @property {string | null} shown  the id of the run on show
 * @property {string | null} beside  that of the one beside it
 * @property {readonly import('./spreads.js').Spread[]} spreads  of what an experiment is about its start
 * @property {(() => void) | null} lookInside  opens one update of its last run's training, where there is more to see
 * @property {boolean} isStarting
 * @property {string | null} problem
 * @property {{look: (name: string) => void, start: () => void, putBeside: (place: number) => void}} actions
 */

/** One experiment in the list. @param {Experiment} experiment @param {boolean} isOpen @param {(name: string) => void} look */
const card = ({ name, title, question }, isOpen, look) => html`<li>
  <button class="experiment-card" type="button" aria-pressed=${isOpen} @click=${() => look(name)}>
    <strong>${title}</strong>
    <span>${question}</span>
  </button>
</li>`;

/** How far a run is. @param {any} run */
function where(run) {
  if (!run) return 'not begun';
  return run.state === 'running' ? whereText(run) : stateText(run.state);
}

/** @param {ExperimentsModel} model @param {Experiment} experiment */
function table({ found, outcome, shown, beside, actions }, { runs }) {
  const names = Object.keys(outcome?.runs[0]?.numbers ?? {});
  const mark = (/** @type {any} */ run) =>
    run && run.id === shown ? 'is-first' : run && run.id === beside ? 'is-beside' : '';
  return html`<div class="experiment-table" tabindex="0" role="region" aria-label="The runs of this experiment">
    <table>
      <thead>
        <tr>
          <th scope="col">Run</th><th scope="col">State</th>
          ${names.map((name) => html`<th scope="col" class="is-number">${name}</th>`)}
          ${runs.length > 2 ? html`<th scope="col"><span class="visually-hidden">On the chart</span></th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${runs.map(
          ({ name }, at) => html`<tr class=${mark(found[at])}>
            <th scope="row">${name}</th>
            <td data-state=${found[at]?.state ?? ''}>${where(found[at])}</td>
            ${names.map((each) => html`<td class="is-number">${outcomeText(each, outcome?.runs[at].numbers[each] ?? null)}</td>`)}
            ${
              runs.length > 2
                ? html`<td>${found[at] && !mark(found[at]) ? button('Beside the first', { act: () => actions.putBeside(at), shape: 'is-small' }) : nothing}</td>`
                : nothing
            }
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** What the button says. @param {ExperimentsModel} model @param {Experiment} experiment */
function startText({ progress, isStarting }, { runs }) {
  if (isStarting) return 'Starting';
  if (progress === 'living') return 'Going on';
  const count = runs.length === 2 ? 'both' : `all ${runs.length}`;
  return progress === 'none' ? `Run ${count}` : `Run ${count} again`;
}

/** The experiment that is open. @param {ExperimentsModel} model @param {Experiment} experiment */
const opened = (model, experiment) => html`<div class="experiment-head">
    <div>
      <h2 class="experiment-question">${experiment.question}</h2>
      <p class="note">Compared: ${experiment.compared}.</p>
    </div>
    ${button(html`${icon('play')} ${startText(model, experiment)}`, {
      shape: 'is-primary',
      isOff: model.isStarting || model.progress === 'living',
      act: model.actions.start,
    })}
  </div>
  ${model.problem ? html`<p class="field-error" role="alert">${model.problem}</p>` : nothing}
  ${table(model, experiment)}
  ${
    model.progress === 'none' || model.progress === 'some'
      ? html`<p class="experiment-expected">${expectation(experiment, model.plans)}</p>`
      : nothing
  }
  <p class="experiment-outcome" role="status" ?hidden=${!model.outcome}>
    ${model.outcome ? unbroken(model.outcome.sentence) : nothing}
  </p>
  ${
    model.lookInside
      ? html`<p>${button('See inside one update of it', { act: model.lookInside })}</p>`
      : nothing
  }
  ${spreads(model.spreads)}`;

/** The ready-made experiments, and the one that is open. @param {ExperimentsModel} model */
export function experimentsView(model) {
  const { experiments, experiment, actions } = model;
  if (!experiments)
    return html`<p class="note">${model.problem ?? 'The experiments are on their way.'}</p>`;
  return html`<ul class="experiment-cards" aria-label="Experiments">
      ${experiments.map((each) => card(each, each === experiment, actions.look))}
    </ul>
    ${experiment ? opened(model, experiment) : nothing}`;
}
