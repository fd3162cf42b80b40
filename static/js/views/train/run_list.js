import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

import { stateText } from '../../core/training/progress.js';
import { button, iconButton } from '../button.js';

/**
 * @typedef {{id: string, state: string, epoch: number, created: number, recipe: any, isShown: boolean,
 *   difference: string}} ListedRun
 * @typedef {object} ListModel
 * @property {readonly ListedRun[] | null} rows  null before they are known
 * @property {number} removed
 * @property {{show: (id: string) => void, remove: (...ids: string[]) => void,
 *   undoRemove: () => void}} actions
 */

/** @param {number} seconds  since 1970 */
const timeText = (seconds) =>
  new Date(1000 * seconds).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' });

/** @param {ListedRun} row @param {ListModel['actions']} actions */
const listed = ({ id, state, epoch, created, recipe, isShown, difference }, actions) => html`<li
  class="train-run ${isShown ? 'is-shown' : ''}"
>
  <a class="train-run-link" href=${`#run=${id}`} aria-current=${isShown ? 'true' : nothing}>
    <span class="train-run-name">${recipe.network} · ${recipe.dataset}</span>
    <span class="train-run-line">${stateText(state)} · ${epoch} of ${recipe.epochs} epochs</span>
    <span class="train-run-line">${timeText(created)}${difference ? ` · ${difference}` : ''}</span>
  </a>
  ${iconButton('trash', {
    name: `Delete run ${id}`,
    shape: 'is-small is-flat',
    act: () => actions.remove(id),
  })}
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
