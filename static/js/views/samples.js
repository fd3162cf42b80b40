import { html } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

import { icon } from './icon.js';

/**
 * @import {Drawing} from '../core/drawing/strokes.js'
 * @import {Picture} from '../core/colour.js'
 * @typedef {{name: string, label: number | null, pixels: Uint8Array}} Sample
 * @typedef {{setSample: (sample: Sample, at: number) => void, moreSamples: () => void}} SamplesActions
 */

/** @type {WeakMap<Sample, Picture>} */
const pictures = new WeakMap();

/** The picture of a sample: the same object every time, so that it is painted once. @param {Sample} sample */
function pictureOf(sample) {
  const known = pictures.get(sample);
  if (known) return known;
  const values = Float32Array.from(sample.pixels, (pixel) => pixel / 255);
  /** @type {Picture} */
  const picture = { rows: 28, columns: 28, values, palette: 'input' };
  pictures.set(sample, picture);
  return picture;
}

/** One digit to pick. @param {Sample} sample @param {boolean} isOnPaper @param {SamplesActions} actions */
const sampleButton = (sample, isOnPaper, { setSample }) => html`<button
  type="button"
  class="sample"
  aria-label=${`Sample ${sample.label ?? sample.name}`}
  aria-current=${isOnPaper ? 'true' : 'false'}
  @click=${(/** @type {Event} */ event) => setSample(sample, event.timeStamp)}
>
  <value-picture .picture=${pictureOf(sample)}></value-picture>
</button>`;

const placeholder = () => html`<span class="sample is-empty" aria-hidden="true"></span>`;

/**
 * The tray of sample digits, and the button for other writers' digits.
 * @param {{samples: readonly Sample[], drawing: Drawing}} model
 * @param {SamplesActions} actions
 */
export function samplesTray({ samples, drawing }, actions) {
  const onPaper = drawing.base?.kind === 'sample' ? drawing.base.name : null;
  return html`<section class="samples" aria-label="Sample digits">
    <div class="samples-head">
      <h3>Sample digits</h3>
      <button
        type="button"
        class="button is-quiet"
        aria-label="More sample digits"
        @click=${() => actions.moreSamples()}
      >
        ${icon('shuffle')}more
      </button>
    </div>
    <div class="samples-row">
      ${
        samples.length === 0
          ? Array.from({ length: 10 }, placeholder)
          : repeat(
              samples,
              ({ name }) => name,
              (sample) => sampleButton(sample, sample.name === onPaper, actions),
            )
      }
    </div>
  </section>`;
}
