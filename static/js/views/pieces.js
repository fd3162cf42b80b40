import { nothing, svg, html } from 'lit-html';

import { SIDE } from '../core/drawing/strokes.js';

/** @import {Box} from '../core/drawing/pieces.js' */

/** Units a side of what is pressed. */
const TAB = 32;

/**
 * One piece: its outline, and its number, which is pressed to have it read by itself. The pen draws through
 * the outline.
 * @param {Box} box
 * @param {number} index
 * @param {boolean} isChosen
 * @param {(at: number) => void} choose
 */
function piece({ top, left, bottom, right }, index, isChosen, choose) {
  const x = Math.min(SIDE - TAB, Math.max(0, (left + right - TAB) / 2));
  const y = Math.max(0, top - TAB - 3);
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    choose(event.timeStamp);
  };
  return svg`<g class="piece ${isChosen ? 'is-chosen' : ''}">
    <rect class="piece-outline" x=${left - 2} y=${top - 2} width=${right - left + 4} height=${bottom - top + 4}></rect>
    <g
      class="piece-number"
      role="button"
      tabindex="0"
      aria-pressed=${isChosen ? 'true' : 'false'}
      aria-label=${`Read piece ${index + 1} by itself`}
      @click=${(/** @type {Event} */ event) => choose(event.timeStamp)}
      @keydown=${press}
    >
      <rect x=${x} y=${y} width=${TAB} height=${TAB} rx="4"></rect>
      <text x=${x + TAB / 2} y=${y + TAB / 2}>${index + 1}</text>
    </g>
  </g>`;
}

/**
 * The pieces of ink on the paper, each of which can be read by itself; pressed again, all ink is.
 * @param {readonly Box[]} pieces
 * @param {number | null} chosen
 * @param {{choosePiece: (piece: number | null, at: number) => void}} actions
 */
export function piecesView(pieces, chosen, { choosePiece }) {
  if (pieces.length === 0) return nothing;
  return html`<svg class="pieces" viewBox="0 0 ${SIDE} ${SIDE}" role="group" aria-label="Pieces of ink">
    ${pieces.map((box, index) =>
      piece(box, index, index === chosen, (at) => choosePiece(index === chosen ? null : index, at)),
    )}
  </svg>`;
}
