import { html } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { momentText } from '../../core/training/moments.js';

/**
 * @import {Moment, Place} from '../../core/training/moments.js'
 * @typedef {object} TimelineModel
 * @property {readonly Place[]} places
 * @property {Moment | null} moment
 * @property {number} index
 * @property {(step: number | null) => void} scrub
 */

/** The moments of a run along a line. @param {TimelineModel} model */
export function timeline({ places, moment, index, scrub }) {
  const text = moment ? momentText(moment) : 'no moment is kept yet';
  return html`<label class="train-moment">
    <span>Shown: <strong>${text}</strong></span>
    <input
      type="range"
      min="0"
      max=${Math.max(0, places.length - 1)}
      aria-label="Moment of the run"
      aria-valuetext=${text}
      ?disabled=${places.length === 0}
      .value=${live(String(index))}
      @input=${(/** @type {Event} */ event) =>
        scrub(places[Number(/** @type {HTMLInputElement} */ (event.target).value)].step)}
    />
  </label>`;
}
