// Computes an operation on a whole photograph beside the page, so that the page stays at hand.

import { outcome } from '../core/experiment/outcome.js';
import { photoPixels } from '../core/input/photo_pixels.js';

/**
 * @import {Experiment, Values} from '../core/experiment/experiment.js'
 * @import {Show} from '../core/input/photo.js'
 * @import {Answer} from '../core/input/photo_pixels.js'
 *
 * The photograph is sent once; the jobs on it come without it.
 * @typedef {{photo: Values} | {job: Omit<Experiment, 'input'>, show: Show, table: Uint32Array}} Order
 */

/** @type {Values | null} */
let photo = null;

/** @param {Values} input @param {Extract<Order, {job: unknown}>} order @returns {Answer} */
function answerTo(input, { job, show, table }) {
  const begin = performance.now();
  const result = outcome({ ...job, input });
  if (result.kind === 'refused') return { kind: 'refused', sentence: result.sentence };
  const milliseconds = performance.now() - begin;
  const painted = photoPixels(result.output, show, table);
  return { kind: 'computed', ...painted, shape: result.output.shape, milliseconds };
}

addEventListener('message', ({ data }) => {
  const order = /** @type {Order} */ (data);
  if ('photo' in order) photo = order.photo;
  else if (photo) {
    const answer = answerTo(photo, order);
    const transfer = answer.kind === 'computed' ? [answer.pixels.buffer] : [];
    postMessage(answer, { transfer });
  }
});
