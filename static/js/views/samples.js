import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

import { button, icon } from './button.js';

/**
 * @import {Drawing} from '../core/drawing/strokes.js'
 * @import {Picture} from '../core/colour.js'
 * @typedef {{name: string, shows: string, label: number | null, pixels: Uint8Array,
 *   shape: readonly number[], title: string, credit: string, imagenet: readonly string[]}} Sample
 * @typedef {{setSample: (sample: Sample, at: number) => void, moreSamples: () => void}} SamplesActions
 */

/** @type {Record<string, string>} */
const TITLES = {
  digit: 'Sample digits',
  clothes: 'Sample clothes',
  photograph: 'Sample photographs',
  '': 'Samples',
};

/** @type {WeakMap<Sample, Picture>} */
const pictures = new WeakMap();

/** @param {Sample} [sample] */
const isPhoto = (sample) => sample?.shows === 'photograph';

/** The picture of a sample: the same object every time, so that it is painted once. @param {Sample} sample */
function pictureOf(sample) {
  const known = pictures.get(sample);
  if (known) return known;
  const values = Float32Array.from(sample.pixels, (pixel) => pixel / 255);
  const [rows = 28, columns = 28] = sample.shape.slice(-2);
  /** @type {Picture} */
  const picture = { rows, columns, values, palette: isPhoto(sample) ? 'colour' : 'input' };
  pictures.set(sample, picture);
  return picture;
}

/** What the sample of a label is called. @param {Sample} sample @param {readonly string[]} classes */
const titleOf = ({ shows, label, name, title }, classes) =>
  (title || (shows === 'clothes' ? classes[Number(label)] : label)) ?? name;

/** What a photograph shows, and whose it is. @param {Sample} [sample] */
const caption = (sample) =>
  sample
    ? html`<p class="note samples-caption">${sample.title}. ${sample.credit}. ImageNet ${
        sample.imagenet.length > 0
          ? `calls that ${sample.imagenet.join(' or ')}.`
          : 'has no class for that.'
      }</p>`
    : nothing;

/** One sample to pick. @param {Sample} sample @param {string | number} title @param {boolean} isOnPaper @param {SamplesActions} actions */
const sampleButton = (sample, title, isOnPaper, { setSample }) => html`<button
  type="button"
  class="sample"
  aria-label=${`Sample ${title}`}
  title=${sample.credit ? `${title}. ${sample.credit}` : nothing}
  aria-current=${isOnPaper ? 'true' : 'false'}
  @click=${(/** @type {Event} */ event) => setSample(sample, event.timeStamp)}
>
  <value-picture .model=${pictureOf(sample)}></value-picture>
</button>`;

const placeholder = () => html`<span class="sample is-empty" aria-hidden="true"></span>`;

/**
 * The tray of samples, and the button for others of the same labels.
 * @param {{samples: readonly Sample[], classes: readonly string[], drawing: Drawing, kind?: string}} model
 *   kind: of the samples that are on their way
 * @param {SamplesActions} actions
 */
export function samplesTray({ samples, classes, drawing, kind = 'digit' }, actions) {
  const moreSamples = () => actions.moreSamples();
  const { base } = drawing;
  const onPaper = base && base.kind !== 'image' ? base.name : null;
  const shows = samples[0]?.shows ?? kind;
  const areOfPhotos = shows === 'photograph';
  const title = TITLES[shows];
  return html`<section class="samples" aria-label=${title}>
    <div class="samples-head">
      <h3>${title}</h3>
      ${
        areOfPhotos
          ? nothing
          : button(html`${icon('shuffle')}more`, {
              name: title.replace('Sample', 'More sample'),
              shape: 'is-quiet',
              act: moreSamples,
            })
      }
    </div>
    <div class=${`samples-row ${areOfPhotos ? 'is-of-photos' : ''}`}>
      ${
        samples.length === 0
          ? Array.from({ length: areOfPhotos ? 6 : 10 }, placeholder)
          : repeat(
              samples,
              ({ name }) => name,
              (sample) =>
                sampleButton(sample, titleOf(sample, classes), sample.name === onPaper, actions),
            )
      }
    </div>
    ${areOfPhotos ? caption(samples.find(({ name }) => name === onPaper)) : nothing}
  </section>`;
}
