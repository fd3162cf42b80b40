import { html, svg } from 'lit-html';

import { counted, fixed } from '../../core/number.js';
import { once } from '../../core/once.js';
import { sheetOf } from '../../core/training/update_kernel.js';
import { predictionsOf } from '../../core/training/update_story.js';

/** @import {TensorFile} from '../../core/tensor.js' */

/** Images beside each other. */
const ACROSS = 16;

/** Pixels as they were before normalization. @param {Float32Array} values @param {{mean: number[], std: number[]}} normalization @param {(at: number) => number} channelOf  of a value's place */
export const pixelsOf = (values, { mean, std }, channelOf) =>
  values.map((value, at) => value * std[channelOf(at)] + mean[channelOf(at)]);

/** All images as one picture. @type {(answer: TensorFile) => any} */
const sheet = once(({ document: told, tensors }) => {
  const images = /** @type {import('../../core/tensor.js').Tensor} */ (tensors.get('images'));
  const across = Math.min(ACROSS, images.shape[0]);
  const [, channels, height, width] = images.shape;
  const channelOf = (/** @type {number} */ at) => Math.floor(at / (height * width)) % channels;
  const pixels = pixelsOf(images.data, told.normalization, channelOf);
  const isColour = channels === 3;
  const whole = sheetOf(pixels, images.shape, across, isColour ? 3 : 1);
  return { ...whole, palette: isColour ? 'colour' : 'input', across, height, width };
});

/** The batch: each image once, what is read wrongly framed. @param {TensorFile} answer @param {number} product  whose image is marked */
export function batchSheet(answer, product) {
  const { document: told, tensors } = answer;
  const logits = tensors.get('logits')?.data ?? new Float32Array();
  const picture = sheet(answer);
  const { across, rows, columns, height, width } = picture;
  const predictions = predictionsOf(logits, told.classes.length);
  const wrong = predictions.map((each, image) => each !== told.labels[image]);
  const marked = told.cell.largest[product]?.image;
  const frame = (/** @type {number} */ image, /** @type {string} */ kind) => svg`<rect
    class=${kind}
    x=${(image % across) * width + 0.75}
    y=${Math.floor(image / across) * height + 0.75}
    width=${width - 1.5}
    height=${height - 1.5}
  ></rect>`;
  const right = wrong.filter((each) => !each).length;
  return html`<section class="update-batch" aria-label="Batch">
    <h2 class="train-part-title">The batch: ${counted(told.batch_size, 'image')}, mean loss ${fixed(told.loss.before, 4)}</h2>
    <div class="update-sheet">
      <value-picture .model=${picture} role="img" aria-label=${`${counted(wrong.length, 'image')} of the batch; ${right} read rightly`}></value-picture>
      <svg viewBox=${`0 0 ${columns} ${rows}`} aria-hidden="true">
        ${wrong.map((each, image) => (each ? frame(image, 'update-wrong') : ''))}
        ${marked < wrong.length ? frame(marked, 'update-marked') : ''}
      </svg>
    </div>
    <p class="note">Framed: read wrongly, ${wrong.length - right} of ${wrong.length}.</p>
  </section>`;
}
