import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

import { percent } from '../../core/number.js';
import { stateText } from '../../core/training/progress.js';
import { button, iconButton } from '../button.js';

/**
 * @typedef {{id: string, state: string, epoch: number, created: number, recipe: any, name: string, link: string,
 *   best: {val_accuracy: number, val_loss: number} | null, isShown: boolean, isCompared: boolean,
 *   waiting: number, difference: string}} ListedRun
 * @typedef {object} ListModel
 * @property {readonly ListedRun[] | null} rows  null before they are known
 * @property {number} removed
 * @property {{compare: (id: string | null) => unknown, remove: (...ids: string[]) => void,
 *   undoRemove: () => void}} actions
 */

/** @param {number} seconds  since 1970 */
const timeText = (seconds) =>
  new Date(1000 * seconds).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' });

/** How far a run has come, or how it ended. @param {ListedRun} row */
function progressText({ state, epoch, recipe, waiting }) {
  if (state === 'queued') return waiting > 0 ? `waiting, ${waiting} before it` : 'waiting';
  return `${stateText(state)}, ${epoch} of ${recipe.epochs} epochs`;
}

/** @param {ListedRun} row @param {ListModel['actions']} actions */
const listed = (row, actions) => html`<li class="train-run ${row.isShown ? 'is-shown' : ''}">
  <a class="train-run-link" href=${row.link} aria-current=${row.isShown ? 'true' : nothing}>
    <span class="train-run-name">
      <span>${row.name}</span>
      ${row.best ? html`<strong class="train-run-outcome">${percent(row.best.val_accuracy)}</strong>` : nothing}
    </span>
    <span class="train-run-line" data-state=${row.state}>${progressText(row)}</span>
    <span class="train-run-line">${row.difference}</span>
    <span class="train-run-line">${timeText(row.created)}</span>
  </a>
  <span class="train-run-buttons">
    ${
      row.isShown
        ? nothing
        : iconButton('swap', {
            name: row.isCompared ? 'No longer compare' : `Compare with run ${row.id}`,
            title: row.isCompared ? 'No longer compare' : 'Compare with what is shown',
            shape: 'is-small is-flat',
            isPressed: row.isCompared,
            act: () => actions.compare(row.isCompared ? null : row.id),
          })
    }
    ${iconButton('trash', {
      name: `Delete run ${row.id}`,
      title: 'Delete',
      shape: 'is-small is-flat',
      act: () => actions.remove(row.id),
    })}
  </span>
</li>`;

/** Every run, the newest first. @param {ListModel} model */
export const runList = ({ rows, removed, actions }) => html`
  <h2 class="train-part-title">Runs</h2>
  ${
    removed > 0
      ? html`<p class="train-undo" role="status">${removed === 1 ? 'A run was' : `${removed} runs were`} deleted. ${button('Undo', { shape: 'is-small', act: actions.undoRemove })}</p>`
      : nothing
  }
  ${rows?.length === 0 ? html`<p class="note">None yet. What you start is kept here, with every moment of it.</p>` : nothing}
  <ol class="train-runs">${repeat(
    rows ?? [],
    ({ id }) => id,
    (row) => listed(row, actions),
  )}</ol>
`;
