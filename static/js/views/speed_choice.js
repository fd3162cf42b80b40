import { html } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

/** How fast something plays. @param {readonly number[]} speeds @param {number} speed @param {(speed: number) => void} choose */
export function speedChoice(speeds, speed, choose) {
  const chosen = (/** @type {Event} */ { target }) =>
    choose(Number(/** @type {HTMLSelectElement} */ (target).value));
  return html`<select class="transport-speed" aria-label="Speed" title="Speed" @change=${chosen}>
    ${speeds.map((one) => html`<option value=${one} .selected=${live(one === speed)}>${one}×</option>`)}
  </select>`;
}
