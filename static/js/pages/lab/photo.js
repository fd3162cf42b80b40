import { computed, effect } from '@preact/signals-core';
import { render } from 'lit-html';

import '../../elements/photo_canvas.js';
import { theme } from '../../elements/theme.js';
import '../../elements/value_grid.js';
import { pixelAround } from '../../core/input/photo.js';
import { photoPixels } from '../../core/input/photo_pixels.js';
import {
  chosenShow,
  filtered,
  isWorking,
  onPhoto,
  photo,
  photoError,
  photoNames,
  pinnedPixel,
  pixel,
  pixelTraces,
  pointedPixel,
  show,
  startPhotoFiltering,
  takePhoto,
  takePhotoFile,
} from '../../state/lab/photo.js';
import { see } from '../../state/lab/store.js';
import { photoView } from '../../views/lab/photo.js';

/** @typedef {import('../../views/lab/photo.js').Pixel} Pixel */

const NO_TABLE = new Uint32Array(0);

const original = computed(() => {
  const now = photo.value;
  if (!now) return null;
  const [, height, width] = now.values.shape;
  return { width, height, pixels: photoPixels(now.values, 'picture', NO_TABLE).pixels };
});

const result = computed(() => {
  const now = filtered.value;
  if (now?.kind !== 'computed') return null;
  const [, height, width] = now.shape;
  return { width, height, pixels: now.pixels };
});

/** Where the window of the explained pixel lies in the photograph, as far as it does. */
const outline = computed(() => {
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
});

/** @param {Pixel | null} at  in the photograph */
function around(at) {
  const job = onPhoto.peek();
  return job && at && pixelAround(job, at);
}

/** @returns {import('../../views/lab/photo.js').Model} */
function model() {
  const now = filtered.value;
  return {
    names: photoNames.value,
    name: photo.value?.name ?? '',
    isOwn: photo.value?.isOwn ?? false,
    original: original.value,
    result: result.value,
    refusal: now?.kind === 'refused' ? now.sentence : null,
    error: photoError.value,
    maps: now?.kind === 'computed' ? now.shape[0] : 3,
    limit: now?.kind === 'computed' ? now.limit : 1,
    largest: now?.kind === 'computed' ? now.largest : 1,
    milliseconds: now?.kind === 'computed' ? now.milliseconds : 0,
    show: show.value,
    window: outline.value,
    pixel: pixel.value,
    isPinned: pinnedPixel.value !== null && pointedPixel.value === null,
    traces: pixelTraces.value,
    take: (name) => void takePhoto(name),
    takeFile: (file) => void takePhotoFile(file),
    setShow: (chosen) => (chosenShow.value = chosen),
    point: (at) => (pointedPixel.value = at),
    choose: (at) => (pinnedPixel.value = at),
    around,
  };
}

/**
 * The whole photograph under the kernel, in the place of the stage while it is looked at.
 * @param {HTMLElement} host
 * @param {HTMLElement} stage
 */
export function startPhoto(host, stage) {
  startPhotoFiltering(() => theme().activation);
  host.addEventListener('dragover', (event) => event.preventDefault());
  host.addEventListener('drop', (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void takePhotoFile(file);
  });
  let isQueued = false;
  effect(() => {
    const isShown = see.value.kind === 'image';
    host.hidden = !isShown;
    stage.hidden = isShown;
    host.toggleAttribute('aria-busy', isWorking.value);
    if (!isShown) return;
    void model();
    if (isQueued) return;
    isQueued = true;
    requestAnimationFrame(() => {
      isQueued = false;
      render(photoView(model()), host);
    });
  });
}
