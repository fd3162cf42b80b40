import { effect } from '@preact/signals-core';

import { changed, drawing } from './drawing.js';
import { isBlank } from './explained_position.js';
import { forward } from './store.js';
import { mixed, uploadNotice } from './upload.js';

const DRAWN_MEANWHILE =
  'What you drew while the image was on its way lies on it. Undo takes it off.';
const NO_INK = 'No ink was found in the image: it has one brightness all over.';

/** What is to be known of the image on the paper; '' where there is nothing, or no image. */
function sentence() {
  const { base, strokes } = drawing.value;
  if (base?.kind !== 'image') return '';
  if (strokes.length > 0) {
    const { value } = mixed;
    return value?.base === base && value.count === strokes.length ? DRAWN_MEANWHILE : '';
  }
  return forward.value?.of === changed.value && isBlank.value ? NO_INK : '';
}

/** Keeps the notice beside the upload. */
export function startImageNotice() {
  effect(() => {
    uploadNotice.value = sentence();
  });
}
