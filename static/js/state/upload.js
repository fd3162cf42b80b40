import { computed, signal } from '@preact/signals-core';

import { ApiError, getJson, getTensors } from '../api/client.js';
import { readPicture } from '../render/picture.js';
import { changed, imageType, setImage } from './drawing.js';

/** @type {import('@preact/signals-core').Signal<{detail: string, when: {at: number}} | null>} */
const refusal = signal(null);

/** Why the last image was refused, in a sentence that stands until something else is drawn. */
export const uploadError = computed(() =>
  refusal.value?.when === changed.value ? refusal.value.detail : null,
);

/** A file larger than this is held to the server's limit before it is sent. */
const ASK_ABOVE_BYTES = 1_000_000;

/** Whether an image is on its way. */
export const isUploading = signal(false);

let controller = new AbortController();

/**
 * What the server made of the image, for browsers that cannot decode it.
 * @param {import('../core/tensor.js').TensorFile} answer
 * @returns {import('../render/picture.js').Picture | null}
 */
function serverPicture({ document, tensors }) {
  /** @type {{name: string}[]} */
  const steps = document?.steps ?? [];
  const shown = steps.filter(({ name }) => name === 'inverted' || name === 'grey').at(-1);
  const tensor = shown && tensors.get(`steps.${shown.name}`);
  if (!tensor) return null;
  const [height = 0, width = 0] = tensor.shape.slice(-2);
  return { width, height, pixels: Uint8Array.from(tensor.data, (value) => 255 * value + 0.5) };
}

/**
 * Refuses what the server would: one so large that it would not even be read to its end.
 * @param {File} file
 * @param {RequestInit} init
 */
async function checkSize(file, init) {
  if (file.size <= ASK_ABOVE_BYTES) return;
  const { max_upload_bytes: most } = await getJson('/limits', init);
  if (file.size <= most) return;
  const [has, may] = [file.size, most].map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`);
  const detail = `The file has ${has}; at most ${may} are read. Save the image smaller.`;
  throw new ApiError(413, { detail });
}

/**
 * The file as the paper shows it, once the server has accepted it.
 * @param {File} file
 * @param {RequestInit} init  with the signal that aborts it
 */
async function accept(file, init) {
  await checkSize(file, init);
  const headers = { 'Content-Type': imageType(file) };
  const [answer, picture] = await Promise.all([
    getTensors('/images/prepare?as=digit&steps=thumbnail', {
      ...init,
      method: 'POST',
      body: file,
      headers,
    }),
    readPicture(file),
  ]);
  return picture ?? serverPicture(answer);
}

/**
 * Lays an image file on the paper; a refused one leaves the drawing as it is and says why. A newer
 * image overtakes an older one.
 * @param {File} file
 * @param {number} [at]  time of the event
 */
export async function takeImage(file, at = performance.now()) {
  controller.abort();
  controller = new AbortController();
  const { signal: overtaken } = controller;
  isUploading.value = true;
  refusal.value = null;
  try {
    const picture = await accept(file, { signal: overtaken });
    if (picture && !overtaken.aborted) setImage({ ...picture, file, title: file.name }, at);
  } catch (error) {
    if (overtaken.aborted) return;
    if (!(error instanceof ApiError)) throw error;
    refusal.value = { detail: error.detail, when: changed.value };
  } finally {
    if (!overtaken.aborted) isUploading.value = false;
  }
}
