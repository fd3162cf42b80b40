import { html, nothing } from 'lit-html';

import { percent } from '../../core/number.js';
import { momentLossText } from '../../core/training/progress.js';
import { button } from '../button.js';

/**
 * A moment that is looked at. `address`: where it opens; '' where nothing is computed by it.
 * @typedef {{name: string, address: string, accuracy: number | null, loss: number | null}} LineMoment
 *
 * @typedef {{shown: readonly LineMoment[], isHeld: boolean, canHold: boolean}} LineModel  isHeld: the
 *   second is a moment that is held, else another run's
 */

/**
 * The moments that are looked at, and what can be done with one.
 * @param {LineModel} model
 * @param {{hold: () => void, letGo: () => void}} actions
 */
export function momentLine({ shown, isHeld, canHold }, { hold, letGo }) {
  const [first, second] = shown;
  if (!first) return nothing;
  return html`<div class="moment-head">
    ${
      second
        ? html`<ul>
            ${shown.map(momentOf)}
          </ul>`
        : html`<p class="note">All below is computed by the weights of this moment.</p>`
    }
    <div class="moment-actions">
      ${
        second
          ? button(isHeld ? 'Let the held moment go' : 'Compare no longer', { act: letGo })
          : button('Hold this moment', {
              isOff: !canHold,
              title: 'It stays beside every other moment that is scrubbed to',
              act: hold,
            })
      }
      ${first.address ? html`<a class="button" href=${first.address}>Open on the Network page</a>` : nothing}
    </div>
  </div>`;
}

/** @param {LineMoment} one */
const momentOf = ({ name, accuracy, loss, address }) => html`<li>
  ${address ? html`<a href=${address}>${name}</a>` : name}
  ${accuracy === null || loss === null ? nothing : html`<span class="note">validation ${percent(accuracy)}, loss ${momentLossText(loss)}</span>`}
</li>`;
