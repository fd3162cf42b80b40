// The photograph that the kernel goes over, and what becomes of it.

import { batch, computed, effect, signal } from '@preact/signals-core';

import { getJson, getTensors } from '../../api/client.js';
import { outputShapeOf } from '../../core/experiment/experiment.js';
import { photoExperiment, photoTraces, usualShow } from '../../core/input/photo.js';
import { fromRgba } from '../../core/input/photo_pixels.js';
import { seeKindsOf } from '../../core/stage/place.js';
import { createNewest } from '../retry.js';
import { checkSize } from '../upload.js';
import { experiment, filter, photoName, see } from './store.js';

/**
 * @typedef {import('../../core/input/photo.js').Show} Show
 * @typedef {import('../../workers/photo_filter.js').Answer} Answer
 * `isOwn`: the reader's, which no link has.
 * @typedef {{name: string, isOwn: boolean, values: import('../../core/experiment/experiment.js').Values}} Photo
 * @typedef {{row: number, column: number}} Pixel
 */

/** A photograph is brought to this at most, pixels a side. */
const LONGEST_SIDE = 512;

/** The names of the photographs there are. @type {import('@preact/signals-core').Signal<readonly string[]>} */
export const photoNames = signal([]);
/** @type {import('@preact/signals-core').Signal<Photo | null>} */
export const photo = signal(null);
/** @type {import('@preact/signals-core').Signal<Answer | null>} */
export const filtered = signal(null);
/** How the result is shown; null: as is usual for the kernel. @type {import('@preact/signals-core').Signal<Show | null>} */
export const chosenShow = signal(null);
/** The pixel of the result under the pointer, and the pinned one. @type {import('@preact/signals-core').Signal<Pixel | null>} */
export const pointedPixel = signal(null);
/** @type {import('@preact/signals-core').Signal<Pixel | null>} */
export const pinnedPixel = signal(null);
/** @type {import('@preact/signals-core').Signal<string | null>} */
export const photoError = signal(null);
export const isWorking = signal(false);

export const show = computed(() => chosenShow.value ?? usualShow(experiment.value));

/** The operation on the photograph; null while there is none. */
export const onPhoto = computed(() => {
  const now = photo.value;
  if (!now || !seeKindsOf(experiment.value.operation).includes('image')) return null;
  return photoExperiment(experiment.value, now.values, filter.value);
});

/** The pixel that is explained; the middle one until another is pointed at. */
export const pixel = computed(() => {
  // Of the operation as it is set now: the result that is shown may still be an older one.
  const shape = onPhoto.value && outputShapeOf(onPhoto.value);
  if (!shape) return null;
  const [, height, width] = shape;
  const isThere = (/** @type {Pixel | null} */ at) => at && at.row < height && at.column < width;
  const at = [pointedPixel.value, pinnedPixel.value].find(isThere);
  return at ?? { row: height >> 1, column: width >> 1 };
});

/** What it is made of, by colour. */
export const pixelTraces = computed(() => {
  const [job, at] = [onPhoto.value, pixel.value];
  return job && at ? photoTraces(job, at) : null;
});

/** @param {string} name */
async function fetchPhoto(name) {
  const { tensors } = await getTensors(`/samples/${encodeURIComponent(name)}`);
  const image = tensors.get('image');
  if (!image) throw new Error(`There is no photograph ${name}.`);
  return {
    name,
    isOwn: false,
    values: { shape: image.shape, data: Float64Array.from(image.data) },
  };
}

/**
 * Takes one of the shipped photographs.
 * @param {string} name
 */
export function takePhoto(name) {
  return attempt(() => fetchPhoto(name), name);
}

/**
 * Takes an image of the reader's, in colour, at most 512 pixels a side.
 * @param {File} file
 */
export function takePhotoFile(file) {
  return attempt(() => readPhoto(file), null);
}

/** @param {File} file @returns {Promise<Photo>} */
async function readPhoto(file) {
  await checkSize(file);
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new Error('This file is no image that the browser can read. Try a PNG or a JPEG.');
  });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(scale * bitmap.width));
  const height = Math.max(1, Math.round(scale * bitmap.height));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no canvas to read the image with.');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { name: file.name, isOwn: true, values: fromRgba(data, width, height) };
}

const newest = createNewest();

/**
 * Shows what is read, unless something newer was asked for; what cannot be read is told, and the former
 * photograph stays.
 * @param {() => Promise<Photo>} read
 * @param {string | null} name  what a link says of it; null where it is the usual one, or the reader's own
 */
function attempt(read, name) {
  return newest(async (overtaken) => {
    try {
      const found = await read();
      if (overtaken.aborted) return;
      batch(() => {
        photoError.value = null;
        photoName.value = name;
        photo.value = found;
      });
    } catch (error) {
      if (!overtaken.aborted)
        photoError.value = error instanceof Error ? error.message : String(error);
    }
  });
}

/** Fetches the list of photographs and the one that is asked for, else the first of them, once. */
async function begin() {
  /** @type {{name: string, kind: string}[]} */
  const rows = await getJson('/samples');
  photoNames.value = rows.filter(({ kind }) => kind === 'photograph').map(({ name }) => name);
  const [first] = photoNames.value;
  const asked = photoNames.value.find((one) => one === photoName.value) ?? null;
  const name = asked ?? first;
  if (!photo.peek() && name) await attempt(() => fetchPhoto(name), asked);
}

/**
 * Keeps the result in step while it is looked at. One job is under way at a time and the newest state
 * follows it.
 * @param {() => Uint32Array} colours  of signed values
 */
export function startPhotoFiltering(colours) {
  const worker = new Worker(new URL('../../workers/photo_filter.js', import.meta.url), {
    type: 'module',
  });
  let isBusy = false;
  let isStale = false;
  /** @type {Photo | null} */
  let sent = null;
  const send = () => {
    const [job, now] = [onPhoto.peek(), photo.peek()];
    if (!job || !now) return;
    if (sent !== now) worker.postMessage({ photo: now.values });
    sent = now;
    const { operation, weight, bias, settings, outputGradient } = job;
    const rest = { operation, weight, bias, settings, outputGradient };
    [isBusy, isStale] = [true, false];
    isWorking.value = true;
    worker.postMessage({ job: rest, show: show.peek(), table: colours() });
  };
  worker.addEventListener('message', ({ data }) => {
    filtered.value = data;
    isBusy = false;
    isWorking.value = false;
    if (isStale) send();
  });
  const themes = signal(0);
  document.addEventListener('themechange', () => (themes.value += 1));
  let isBegun = false;
  effect(() => {
    if (see.value.kind !== 'image') return;
    if (!isBegun) {
      isBegun = true;
      void begin().catch((error) => (photoError.value = String(error.message ?? error)));
    }
    void [themes.value, show.value];
    if (!onPhoto.value) return;
    if (isBusy) isStale = true;
    else send();
  });
}
