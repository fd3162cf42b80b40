import { html, nothing } from 'lit-html';

/**
 * @import {WayOut} from '../../core/experiment/ways_out.js'
 * @typedef {object} NoticeModel
 * @property {string} id  of the Lab
 * @property {string} unread  which rows and columns no window reads, and why; empty: all are read
 * @property {WayOut[]} ways  out of that
 * @property {string | null} mended  what was asked for and is not possible
 * @property {(way: WayOut) => void} take
 * @property {() => void} dismiss
 */

/**
 * What one should know of the settings: the rows and columns that no window reads, with the ways out
 * beside it; and what a link asked for that is not possible.
 * @param {NoticeModel} model
 */
export function notice({ id, unread, ways, mended, take, dismiss }) {
  return html`${
    mended
      ? html`<div class="lab-notice" role="status">
          <p>${mended}</p>
          <button class="button" type="button" @click=${dismiss}>Understood</button>
        </div>`
      : nothing
  }${
    unread
      ? html`<div class="lab-notice" id=${`${id}-unread`}>
          <p>${unread[0].toUpperCase()}${unread.slice(1)}</p>
          <div class="lab-notice-ways">${ways.map((way) => wayButton(way, take))}</div>
        </div>`
      : nothing
  }`;
}

/** @param {WayOut} way @param {(way: WayOut) => void} take */
function wayButton(way, take) {
  return html`<button class="button is-way" type="button" @click=${() => take(way)}>
    ${way.title}
  </button>`;
}
