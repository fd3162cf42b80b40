import { html, nothing } from 'lit-html';

import { counted } from '../../core/number.js';

/**
 * What augmentation makes of the first images.
 * @param {{pictures: readonly import('../../core/colour.js').Picture[] | null, isBusy: boolean}} model
 */
export const augmentedSheet = ({ pictures, isBusy }) =>
  pictures === null
    ? nothing
    : html`<figure class="augmented-sheet" aria-busy=${String(isBusy)}>
        <div role="img" aria-label=${`${counted(pictures.length, 'image')} of the first batch, moved by chance`}>
          ${pictures.map((picture) => html`<value-picture .model=${picture}></value-picture>`)}
        </div>
        <figcaption class="note">The first batch, as the run will see it; each epoch moves anew.</figcaption>
      </figure>`;
