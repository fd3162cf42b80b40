import { html, nothing } from 'lit-html';

import { count, percent } from '../../core/number.js';
import { cellSentence } from '../../core/training/confusion.js';
import { momentLossText } from '../../core/training/progress.js';
import { button } from '../button.js';
import { putBackLine } from './own_set.js';

/**
 * @import {ConfusionCell} from '../../core/training/confusion.js'
 * @import {Picture} from '../../core/colour.js'
 * @typedef {{truth: number, predicted: number}} Pair
 * @typedef {{name: string, isOld: boolean, classes: readonly string[], cells: readonly ConfusionCell[],
 *   open: Pair | null, count: number, of: number, accuracy: number, loss: number | null,
 *   mistakes: readonly Mistake[]}} MomentConfusion
 *
 * One of the pictures of the open cell. `address`: where it opens, '' until that is known; `place`: its number
 * in a data set of one's own, −1 once it was taken out, null in any other.
 * @typedef {{index: number, confidence: number, picture: Picture | null, address: string,
 *   place: number | null}} Mistake
 *
 * @typedef {{open: (pair: Pair, which: number) => void, takeOut: (picture: import('../../core/training/data_set.js').Shown) => void,
 *   putBack: () => void}} ConfusionActions
 *
 * @typedef {object} ConfusionModel
 * @property {readonly MomentConfusion[]} shown  the second is compared with the first
 * @property {boolean} isNamed  whether it is said which moment each is
 * @property {number} takenOut  pictures that can be put back
 * @property {string} failure
 */

/** @param {ConfusionModel} model @param {ConfusionActions} actions */
export function confusionView(model, actions) {
  const { shown, failure } = model;
  if (failure && shown.length === 0) return html`<p class="note" role="status">${failure}</p>`;
  if (shown.length === 0)
    return html`<p class="note">What is mistaken for what is shown once the first moment is kept.</p>`;
  return html`${putBackLine(model.takenOut, actions.putBack)}
  <div class=${`confusions ${shown.length > 1 ? 'is-pair' : ''}`}>
    ${shown.map(
      (one, which) => html`<div class="confusion">
        ${matrix(one, which, model, actions)} ${pictures(one, model, actions)}
      </div>`,
    )}
  </div>`;
}

/** @param {MomentConfusion} one @param {number} which @param {ConfusionModel} model @param {ConfusionActions} actions */
function matrix(one, which, { isNamed }, actions) {
  const { cells, classes, open } = one;
  const label = `What is taken for what, ${one.name}: a row a true class, a column what it is taken for.`;
  return html`<div class=${`confusion-moment ${one.isOld ? 'is-old' : ''}`} aria-busy=${String(one.isOld)}>
    ${isNamed ? html`<h3>${one.name}</h3>` : nothing}
    <p class="confusion-total">
      <strong>${percent(one.accuracy)}</strong> right, loss
      <strong>${momentLossText(one.loss)}</strong>, over
      ${one.count === one.of ? `all ${count(one.of)}` : `${count(one.count)} of the ${count(one.of)}`} validation
      images
    </p>
    <p class="confusion-axis" aria-hidden="true">is <span>taken for →</span></p>
    <confusion-matrix
      .label=${label}
      .model=${{ cells, classes, open }}
      @choose=${(/** @type {CustomEvent<Pair>} */ { detail }) => actions.open(detail, which)}
    ></confusion-matrix>
  </div>`;
}

/** The pictures of the open cell at a moment. @param {MomentConfusion} one @param {ConfusionModel} model @param {ConfusionActions} actions */
function pictures({ cells, classes, open, name, mistakes }, { isNamed }, { takeOut }) {
  if (!open) return html`<p class="note">No picture is mistaken at this moment.</p>`;
  const cell = cells[open.truth * classes.length + open.predicted];
  const isRight = open.truth === open.predicted;
  const order = isRight ? 'the least sure first' : 'the surest first';
  return html`<section class="confusion-pictures" aria-label=${isNamed ? `Pictures of the cell, ${name}` : 'Pictures of the cell'}>
    <p role="status">
      ${cellSentence(cell, classes)}
      ${mistakes.length > 0 ? html`<span class="note">${mistakes.length < cell.count ? `${mistakes.length} of them` : 'They'}, ${order}:</span>` : nothing}
    </p>
    <ul class="mistakes">
      ${mistakes.map((mistake) => pictureOf(mistake, classes, open, takeOut))}
    </ul>
    ${mistakes.some(({ place }) => place === -1) ? html`<p class="note">What was taken out is not learned from when the training is started again.</p>` : nothing}
  </section>`;
}

/**
 * @param {Mistake} mistake
 * @param {readonly string[]} classes
 * @param {Pair} open
 * @param {ConfusionActions['takeOut']} takeOut
 */
function pictureOf(
  { picture, confidence, address, index, place },
  classes,
  { truth, predicted },
  takeOut,
) {
  const taken = `taken for ${classes[predicted]} with ${percent(confidence)}`;
  const label = `A picture of ${classes[truth]}, ${taken}. Opens on the Network page.`;
  return html`<li class=${place === -1 ? 'is-out' : ''}>
    <a class="mistake" href=${address || nothing} aria-label=${label} title=${label} data-index=${index}>
      <value-picture .model=${picture}></value-picture>
      <span>${percent(confidence)}</span>
    </a>
    ${place === -1 ? html`<span class="note">taken out</span>` : nothing}
    ${
      place !== null && place >= 0 && picture
        ? button('Take out', {
            name: `Take this picture of ${classes[truth]} out of the data`,
            shape: 'is-link',
            act: () => takeOut({ index: place, label: classes[truth], picture }),
          })
        : nothing
    }
  </li>`;
}
