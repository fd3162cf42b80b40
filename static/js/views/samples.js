import { html } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

import { button, icon } from './button.js';

/**
 * @import {Drawing} from '../core/drawing/strokes.js'
 * @import {Picture} from '../core/colour.js'
 * @typedef {{name: string, shows: string, label: number | null, pixels: Uint8Array}} Sample
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

/** What the sample of a label is called. @param {Sample} sample @param {readonly string[]} classes */
const titleOf = ({ shows, label, name }, classes) =>
  (shows === 'clothes' ? classes[Number(label)] : label) ?? name;

/** One sample to pick. @param {Sample} sample @param {string | number} title @param {boolean} isOnPaper @param {SamplesActions} actions */
const sampleButton = (sample, title, isOnPaper, { setSample }) => html`<button
  type="button"
  class="sample"
  aria-label=${`Sample ${title}`}
  aria-current=${isOnPaper ? 'true' : 'false'}
  @click=${(/** @type {Event} */ event) => setSample(sample, event.timeStamp)}
>
  <value-picture .model=${pictureOf(sample)}></value-picture>
</button>`;

const placeholder = () => html`<span class="sample is-empty" aria-hidden="true"></span>`;

/**
 * The tray of samples, and the button for others of the same labels.
 * @param {{samples: readonly Sample[], classes: readonly string[], drawing: Drawing}} model
 * @param {SamplesActions} actions
 */
export function samplesTray({ samples, classes, drawing }, actions) {
  const moreSamples = () => actions.moreSamples();
  const onPaper = drawing.base?.kind === 'sample' ? drawing.base.name : null;
  const title = samples[0]?.shows === 'clothes' ? 'Sample clothes' : 'Sample digits';
  return html`<section class="samples" aria-label=${title}>
    <div class="samples-head">
      <h3>${title}</h3>
      ${button(html`${icon('shuffle')}more`, {
        name: title.replace('Sample', 'More sample'),
        shape: 'is-quiet',
        act: moreSamples,
      })}
    </div>
    <div class="samples-row">
      ${
        samples.length === 0
          ? Array.from({ length: 10 }, placeholder)
          : repeat(
              samples,
              ({ name }) => name,
              (sample) =>
                sampleButton(sample, titleOf(sample, classes), sample.name === onPaper, actions),
            )
      }
    </div>
  </section>`;
}
