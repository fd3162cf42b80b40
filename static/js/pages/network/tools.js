import { html, nothing } from 'lit-html';

import { percent } from '../../core/number.js';
import { zoomBy, ZOOMS } from '../../state/network/actions.js';
import { isBlank } from '../../state/network/explained_position.js';
import { forward, zoom } from '../../state/network/store.js';
import { icon } from '../../views/icon.js';

/** What the network sees, where the bars are folded away. */
export function prediction() {
  const found = forward.value?.document.prediction;
  if (!found || isBlank.value) return nothing;
  return html`<p class="flow-prediction">
    <strong>${found.label}</strong> <span>${percent(found.probability)}</span>
  </p>`;
}

/** Closer, further, back to all of it; and how else one moves there. */
export function zoomTools() {
  const [first, last] = [ZOOMS[0], ZOOMS[ZOOMS.length - 1]];
  return html`${zoom.value > first ? html`<p class="note flow-hint">Drag to move · Ctrl + wheel zooms</p>` : nothing}
  <div class="flow-tools segmented" role="group" aria-label="Zoom">
    ${
      zoom.value > first
        ? html`<button class="button is-icon" type="button" aria-label="Fit" title="Fit (0)" @click=${() => zoomBy(0)}>
          ${icon('maximize')}
        </button>`
        : nothing
    }
    <button
      class="button is-icon"
      type="button"
      aria-label="Zoom out"
      title="Zoom out (−)"
      ?disabled=${zoom.value <= first}
      @click=${() => zoomBy(-1)}
    >
      ${icon('zoom-out')}
    </button>
    <button
      class="button is-icon"
      type="button"
      aria-label="Zoom in"
      title="Zoom in (+)"
      ?disabled=${zoom.value >= last}
      @click=${() => zoomBy(1)}
    >
      ${icon('zoom-in')}
    </button>
  </div>`;
}
