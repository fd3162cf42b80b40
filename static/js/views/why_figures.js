import { html, nothing } from 'lit-html';

import { significant, withUnit } from '../core/number.js';
import { pressedChoice } from './button.js';

/**
 * @typedef {{row: number, column: number}} Place
 *
 * One map over its picture.
 * @typedef {object} FigureModel
 * @property {string} title
 * @property {string} description  for those who cannot see it
 * @property {import('../render/attribution.js').AttributionModel} map
 * @property {boolean} isSigned
 * @property {number} largest  the absolute value that no place exceeds
 * @property {string} readout  the place that is pointed at, in figures; else where the largest is
 * @property {boolean} isWalked  whether keys have led there
 * @property {boolean} isOutdated
 *
 * @typedef {{point: (place: Place | null, isWalked: boolean) => void,
 *   showOver: (isOver: boolean) => void}} FigureActions
 */

const LAYINGS = [
  { value: true, text: 'over the picture' },
  { value: false, text: 'map alone' },
];

/** What the colours span, in numbers. @param {FigureModel} figure */
function scale({ map: { limit, places }, isSigned, largest }) {
  if (!places) return nothing;
  const end = significant(limit);
  const isCut = largest > limit;
  return html`<div class="why-scale ${isSigned ? 'is-signed' : ''}" aria-hidden="true"></div>
    <div class="legend-numbers">
      ${isSigned ? html`<span>${significant(-limit)} against</span>` : nothing}
      <span>0</span>
      <span>${isCut ? `≥ ${end}` : end}${isSigned ? ' for' : ''}</span>
    </div>
    ${isCut ? html`<p class="note">${withUnit(1, '%')} of the pixels have more, up to ${significant(largest)}.</p>` : nothing}`;
}

/**
 * A map, its scale, and what is under the pointer.
 * @param {FigureModel} figure
 * @param {boolean} isFirst  how all are laid is chosen at the first
 * @param {FigureActions} actions
 */
export function mapFigure(figure, isFirst, { point, showOver }) {
  const { title, description, map, readout, isWalked, isOutdated } = figure;
  const on = (/** @type {boolean} */ isByKey) => (/** @type {CustomEvent<Place | null>} */ event) =>
    point(event.detail, isByKey);
  return html`<figure class="why-figure ${isOutdated ? 'is-old' : ''}">
    <div class="why-figure-head">
      <h3>${title}</h3>
      ${isFirst && map.places ? pressedChoice('How maps are laid', LAYINGS, map.isOver, showOver) : nothing}
    </div>
    <attribution-map
      role="application"
      tabindex="0"
      aria-label=${description}
      .model=${map}
      @point=${on(false)}
      @walk=${on(true)}
    ></attribution-map>
    ${scale(figure)}
    <p class="why-readout" aria-live=${isWalked ? 'polite' : 'off'}>${readout}</p>
  </figure>`;
}
