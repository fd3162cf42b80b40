import { html, nothing } from 'lit-html';

import { READINGS } from '../core/network_readings.js';

/** What the value of an option begins with that shows a network beside the other. */
const BESIDE = '+';

/** The network that an option shows beside the other, '' for none; null where it does not. @param {string} value */
export const besideOf = (value) => (value.startsWith(BESIDE) ? value.slice(BESIDE.length) : null);

/** @param {any} row */
const headline = (row) => READINGS.headline({ outline: row, answer: null });

/**
 * All networks there are, of which one is on show; one that is not available cannot be chosen, and one
 * with random weights says so. Those that tell the
 * same classes apart can be shown beside it.
 * @param {readonly any[]} rows  as the API lists them
 * @param {string} current  its name
 * @param {string} beside  the name of the one beside it, or ''
 * @param {(select: HTMLSelectElement) => void} choose
 */
export function networkChoice(rows, current, beside, choose) {
  const classes = String(rows.find(({ name }) => name === current)?.classes);
  const others = rows.filter(
    (row) => row.weights === 'ready' && row.name !== current && String(row.classes) === classes,
  );
  const hasUntrained = rows.some(
    (row) =>
      ['untrained', 'downloadable'].includes(row.weights) &&
      row.name !== current &&
      String(row.classes) === classes,
  );
  return html`<select
    class="pill"
    aria-label="Network"
    @change=${(/** @type {Event & {target: HTMLSelectElement}} */ { target }) => choose(target)}
  >
    ${rows.map((row) => {
      const [isReady, isOff] = ['ready', 'unavailable'].map((weights) => weights === row.weights);
      return html`<option value=${row.name} .selected=${row.name === current} ?disabled=${isOff}>${headline(row)}${isReady ? '' : ` · ${row.weights}`}</option>`;
    })}
    ${
      others.length > 0
        ? html`<optgroup label="Beside it, on the same input">
            ${beside ? html`<option value=${BESIDE}>one network only</option>` : nothing}
            ${others.map(({ name, title }) =>
              name === beside ? nothing : html`<option value=${BESIDE + name}>+ ${title}</option>`,
            )}
            ${hasUntrained ? html`<option disabled>none with random weights: they decide nothing</option>` : nothing}
          </optgroup>`
        : nothing
    }
  </select>`;
}
