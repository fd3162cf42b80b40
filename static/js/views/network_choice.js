import { html } from 'lit-html';

import { READINGS } from '../core/network_readings.js';

/**
 * All networks there are, of which one is on show; one that is not available cannot be chosen, and one with random weights says so.
 * @param {readonly any[]} rows  as the API lists them
 * @param {string} current  its name
 * @param {(select: HTMLSelectElement) => void} choose
 */
export const networkChoice = (rows, current, choose) => html`<select
  class="pill"
  aria-label="Network"
  @change=${(/** @type {Event & {target: HTMLSelectElement}} */ { target }) => choose(target)}
>
  ${rows.map((row) => {
    const [isReady, isOff] = ['ready', 'unavailable'].map((weights) => weights === row.weights);
    return html`<option value=${row.name} .selected=${row.name === current} ?disabled=${isOff}>${READINGS.headline({ outline: row, answer: null })}${isReady ? '' : ` · ${row.weights}`}</option>`;
  })}
</select>`;
