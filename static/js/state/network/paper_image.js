import { computed, signal } from '@preact/signals-core';

import { createNewest } from '../retry.js';

/**
 * @import {Drawing, Paper} from './paper.js'
 * @import {Store} from './store.js'
 */

const DRAWN_MEANWHILE =
  'What you drew while the image was on its way lies on it. Undo takes it off.';
const NO_INK = 'No ink was found in the image: it has one brightness all over.';

/**
 * Images of the reader's on a paper, and what is said of them.
 * @param {Paper} paper
 * @param {Store} store
 * @param {(image: any, at: number, since: Drawing) => void} setImage
 */
export function createPaperImage({ changed, drawing }, { forward, isBlank, outline }, setImage) {
  /** @type {import('@preact/signals-core').Signal<{detail: string, when: {at: number}} | null>} */
  const refusal = signal(null);
  /** The image that strokes lie on which were drawn while it was on its way, and how many they are. */
  const mixed = signal({ base: drawing.value.base, count: 0 });
  const isUploading = signal(false);
  const newest = createNewest();

  /** Says why an image or a link's drawing is not on the paper. @param {unknown} error */
  function refuse(error) {
    const detail = error instanceof Error ? error.message : String(error);
    refusal.value = { detail, when: changed.value };
  }

  return {
    /** Whether an image is on its way. */
    isUploading,
    /** Why the last image or link was refused, in a sentence that stands until something else is drawn. */
    uploadError: computed(() =>
      refusal.value?.when === changed.value ? refusal.value.detail : null,
    ),
    /** What is to be known of the image on the paper, in a sentence; '' where there is nothing. */
    uploadNotice: computed(() => {
      const { base, strokes } = drawing.value;
      if (!base || base.kind === 'sample') return '';
      if (strokes.length > 0) {
        const { value } = mixed;
        return value.base === base && value.count === strokes.length ? DRAWN_MEANWHILE : '';
      }
      if (base.kind === 'photo') return base.note;
      return forward.value?.of === changed.value && isBlank.value ? NO_INK : '';
    }),
    refuse,

    /**
     * Lays an image file on the paper; a refused one leaves the drawing as it is and says why.
     * @param {File} file
     * @param {number} [at]  time of the event
     */
    async takeImage(file, at = performance.now()) {
      const before = drawing.value;
      isUploading.value = true;
      refusal.value = null;
      // What reads images is fetched with the first one.
      const read =
        outline.value?.preparation === 'photo'
          ? (await import('./photo.js')).readPhoto
          : (await import('./image.js')).readImage;
      await newest(async (overtaken) => {
        try {
          const image = await read(file, { signal: overtaken });
          const { base } = drawing.value;
          // A sample that was picked meanwhile overtakes it, too.
          if (overtaken.aborted || (base !== null && base !== before.base)) return;
          setImage(image, at, before);
          mixed.value = { base: drawing.value.base, count: drawing.value.strokes.length };
        } catch (error) {
          if (!overtaken.aborted) refuse(error);
        } finally {
          if (!overtaken.aborted) isUploading.value = false;
        }
      });
    },
  };
}
