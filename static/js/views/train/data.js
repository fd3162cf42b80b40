import { html, nothing } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { live } from 'lit-html/directives/live.js';

import { classText, firstOfEach, sizeText } from '../../core/training/data_set.js';
import { button } from '../button.js';
import { fileButton, ownSet } from './own_set.js';
import { refusalLine } from './setting_rows.js';

/**
 * @import {Card, Shown} from '../../core/training/data_set.js'
 *
 * @typedef {object} DataModel
 * @property {readonly Card[] | null} cards
 * @property {string} chosen  the name of the set that is learned from
 * @property {ReadonlyMap<string, readonly Shown[]>} samples
 * @property {string | undefined} refusal
 * @property {string | null} problem
 * @property {{done: number, of: number} | null} progress
 * @property {string} label
 * @property {boolean} isBusy
 * @property {string | null} shortage  what the chosen set lacks before it can be learned from
 * @property {number} takenOut  how many pictures can be put back into the chosen set
 * @property {{title: string, file: Blob} | null} removed
 * @property {string} exportAt  where the chosen set is exported
 * @property {Element} surface  the paper
 * @property {import('../../core/drawing/strokes.js').Drawing} drawing
 * @property {import('../drawing_panel.js').Brush} brush
 * @property {boolean} canUndo
 * @property {boolean} canRedo
 *
 * @typedef {Pick<import('../drawing_panel.js').PanelActions, 'setBrush' | 'undo' | 'redo' | 'clear'> & {
 *   take: (name: string) => void, fetch: (name: string) => unknown,
 *   create: (kind: Card['kind']) => unknown, bring: (file: Blob) => unknown, remove: () => unknown,
 *   rename: (title: string) => unknown, relabel: (from: string, to: string) => unknown,
 *   setLabel: (label: string) => void, addDrawing: () => unknown,
 *   addFiles: (files: readonly File[]) => unknown, takeOut: (shown: Shown) => unknown, putBack: () => unknown}} DataActions
 */

/** Small pictures in a row, one a class. @param {Card} card @param {readonly Shown[]} samples */
const strip = (card, samples) => html`<span class="data-strip" aria-hidden="true">
  ${firstOfEach(samples, 10).map(({ label, picture }) => html`<value-picture title=${classText(card, label)} .model=${picture}></value-picture>`)}
</span>`;

/** @param {Card} card @param {DataModel} model */
const stateLine = ({ state, reason }, { progress }) => {
  if (state === 'fetching') {
    const far = progress ? `, ${progress.done} of ${progress.of} files` : '';
    return html`<span class="data-said" role="status">being fetched${far} …</span>`;
  }
  return reason ? html`<span class="field-error" role="alert">${reason}</span>` : nothing;
};

/** One data set. @param {Card} card @param {DataModel} model @param {DataActions} actions */
function cardOf(card, model, { take, fetch }) {
  const { name, title, state, credit } = card;
  const isHere = state === 'ready';
  const by = credit ? `${credit.authors}, ${credit.license}` : nothing;
  return html`<div class="data-card" data-set=${name}>
    <label class="data-choice" title=${by}>
      <input
        type="radio"
        name="data-set"
        ?disabled=${!isHere}
        .checked=${live(model.chosen === name)}
        @change=${() => take(name)}
      />
      <span class="data-title">${title}</span>
      <span class="data-size">${sizeText(card)}</span>
    </label>
    ${isHere ? guard([model.samples.get(name), card.counts], () => strip(card, model.samples.get(name) ?? [])) : nothing}
    ${state === 'to fetch' ? button('Fetch', { shape: 'is-small', name: `Fetch ${title}`, act: () => void fetch(name) }) : nothing}
    ${stateLine(card, model)}
  </div>`;
}

/** What there is to learn from. @param {DataModel} model @param {DataActions} actions */
export function dataView(model, actions) {
  const { cards, chosen, problem, refusal, removed } = model;
  const own = cards?.find(({ name, own: isOwn }) => isOwn && name === chosen);
  return html`<div class="data-sets">
    <div role="radiogroup" aria-label="Data set">
      ${cards?.map((card) => cardOf(card, model, actions)) ?? html`<p class="note">The data sets are on their way.</p>`}
    </div>
    ${own ? ownSet(own, model, actions) : nothing}
    ${refusalLine('refusal-dataset', model.shortage ?? refusal)}
    ${problem ? html`<p class="field-error" role="alert">${problem}</p>` : nothing}
    ${removed ? html`<p class="data-said" role="status">${removed.title} is deleted. ${button('Bring it back', { shape: 'is-small', act: () => void actions.bring(removed.file) })}</p>` : nothing}
    <div class="data-buttons">
      ${button('Draw your own', { shape: 'is-small', title: 'A data set of your own drawings', act: () => void actions.create('drawings') })}
      ${button('Photographs', { shape: 'is-small', title: 'A data set of your own photographs', act: () => void actions.create('photographs') })}
      ${fileButton('Import…', '.npz', false, ([file]) => file && void actions.bring(file))}
    </div>
  </div>`;
}
