import { computed, signal } from '@preact/signals-core';

import { changed, drawing, setImage } from './drawing.js';

/** @type {import('@preact/signals-core').Signal<{detail: string, when: {at: number}} | null>} */
const refusal = signal(null);

/** Why the last image or link was refused, in a sentence that stands until something else is drawn. */
export const uploadError = computed(() =>
  refusal.value?.when === changed.value ? refusal.value.detail : null,
);

/**
 * Says why an image or a link's drawing is not on the paper.
 * @param {unknown} error
 */
export function refuse(error) {
  const detail = error instanceof Error ? error.message : String(error);
  refusal.value = { detail, when: changed.value };
}

/**
 * The image that strokes lie on which were drawn while it was on its way, and how many they are.
 * @type {import('@preact/signals-core').Signal<{base: import('./drawing.js').Base | null, count: number} | null>}
 */
export const mixed = signal(null);

/** What is to be known of the image on the paper, in a sentence. */
export const uploadNotice = signal('');

/** Whether an image is on its way. */
export const isUploading = signal(false);

let controller = new AbortController();

/**
 * Lays an image file on the paper; a refused one leaves the drawing as it is and says why. A newer
 * image, or a sample that is picked meanwhile, overtakes an older one.
 * @param {File} file
 * @param {number} [at]  time of the event
 */
export async function takeImage(file, at = performance.now()) {
  controller.abort();
  controller = new AbortController();
  const { signal: overtaken } = controller;
  const before = drawing.value;
  isUploading.value = true;
  refusal.value = null;
  try {
    // What reads images is fetched with the first one.
    const { readImage } = await import('./image.js');
    const image = await readImage(file, { signal: overtaken });
    const { base } = drawing.value;
    const isOnPaper = base !== null && base !== before.base;
    if (!overtaken.aborted && !isOnPaper) {
      setImage(image, at, before);
      mixed.value = { base: drawing.value.base, count: drawing.value.strokes.length };
    }
  } catch (error) {
    if (!overtaken.aborted) refuse(error);
  } finally {
    if (!overtaken.aborted) isUploading.value = false;
  }
}
