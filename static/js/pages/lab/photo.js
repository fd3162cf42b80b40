import { computed, effect } from '@preact/signals-core';
import { noChange } from 'lit-html';

import '../../elements/photo_canvas.js';
import { theme } from '../../elements/theme.js';
import '../../elements/value_grid.js';
import { pixelAround } from '../../core/input/photo.js';
import { photoPixels } from '../../core/input/photo_pixels.js';
import {
  photoNames,
  startPhotoFiltering,
  takePhoto,
  takePhotoFile,
} from '../../state/lab/photo.js';
import { PhotoState } from '../../state/lab/photo_state.js';
import { photoView } from '../../views/lab/photo.js';

/** @import {Model} from '../../views/lab/photo.js' */

const NO_TABLE = new Uint32Array(0);

/** @typedef {import('../../state/lab/photo_state.js').PhotoState} State */

/** The photograph as pixels. @param {State} state */
function originalOf({ photo: { value: now } }) {
  if (!now) return null;
  const [, height, width] = now.values.shape;
  return { width, height, pixels: photoPixels(now.values, 'picture', NO_TABLE).pixels };
}

/** What the kernel made of it, as pixels. @param {State} state */
function resultOf({ filtered: { value: now } }) {
  if (now?.kind !== 'computed') return null;
  const [, height, width] = now.shape;
  return { width, height, pixels: now.pixels };
}

/** Where the window of the explained pixel lies in the photograph, as far as it does. @param {State} state */
function outlineOf({ pixelTraces }) {
  const [trace] = pixelTraces.value ?? [];
  if (!trace) return null;
  const rows = trace.rows.filter((row) => row !== null);
  const columns = trace.columns.filter((column) => column !== null);
  if (rows.length === 0 || columns.length === 0) return null;
  const [row, column] = [Math.min(...rows), Math.min(...columns)];
  return {
    row,
    column,
    rows: Math.max(...rows) - row + 1,
    columns: Math.max(...columns) - column + 1,
  };
}

/** Pictures as they are asked for, each made once. @param {State} state */
function picturesOf(state) {
  return {
    original: computed(() => originalOf(state)),
    result: computed(() => resultOf(state)),
    outline: computed(() => outlineOf(state)),
  };
}

/** @param {State} state @param {ReturnType<typeof picturesOf>} pictures @returns {Model} */
function modelOf(state, { original, result, outline }) {
  const now = state.filtered.value;
  const found = now?.kind === 'computed' ? now : null;
  const { photo, pinnedPixel, pointedPixel } = state;
  return {
    names: photoNames.value,
    name: photo.value?.name ?? '',
    isOwn: photo.value?.isOwn ?? false,
    original: original.value,
    result: result.value,
    refusal: now?.kind === 'refused' ? now.sentence : null,
    error: state.photoError.value,
    maps: found?.shape[0] ?? 3,
    limit: found?.limit ?? 1,
    largest: found?.largest ?? 1,
    milliseconds: found?.milliseconds ?? 0,
    show: state.show.value,
    window: outline.value,
    pixel: state.pixel.value,
    isPinned: pinnedPixel.value !== null && pointedPixel.value === null,
    traces: state.pixelTraces.value,
    take: (name) => void takePhoto(state, name),
    takeFile: (file) => void takePhotoFile(state, file),
    setShow: (chosen) => (state.chosenShow.value = chosen),
    point: (at) => (pointedPixel.value = at),
    choose: (at) => (pinnedPixel.value = at),
    // A pixel of the result, by one of the photograph.
    around: (at) => {
      const job = state.onPhoto.peek();
      return job && at && pixelAround(job, at);
    },
  };
}

/**
 * The whole photograph under the kernel, in the place of the stage while it is looked at.
 * @param {import('./instance.js').LabInstance} instance
 * @param {HTMLElement} place
 * @param {HTMLElement} stage
 */
export function startPhoto(instance, place, stage) {
  const state = new PhotoState(instance.lab.signals);
  const pictures = picturesOf(state);
  instance.atEnd(startPhotoFiltering(state, () => theme().activation));
  place.addEventListener('dragover', (event) => event.preventDefault());
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void takePhotoFile(state, file);
  });
  const isShown = computed(() => instance.lab.signals.see.value.kind === 'image');
  instance.atEnd(
    effect(() => {
      place.hidden = !isShown.value;
      stage.hidden = isShown.value;
      place.toggleAttribute('aria-busy', state.isWorking.value);
    }),
  );
  instance.render(
    () => (isShown.value ? modelOf(state, pictures) : null),
    (model) => (model ? photoView(model) : noChange),
    place,
    requestAnimationFrame,
  );
}
