// The photograph that the kernel goes over, and what becomes of it.

import { batch, effect, signal } from '@preact/signals-core';

import { getJson, getTensors } from '../../api/client.js';
import { fromRgba } from '../../core/input/photo_pixels.js';
import { checkSize } from '../upload.js';

/** @import {Photo, PhotoState} from './photo_state.js' */

/** A photograph is brought to this at most, pixels a side. */
const LONGEST_SIDE = 512;

/** The names of the photographs there are. @type {import('@preact/signals-core').Signal<readonly string[]>} */
export const photoNames = signal([]);

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

/** Takes one of the shipped photographs. @param {PhotoState} state @param {string} name */
export function takePhoto(state, name) {
  return attempt(state, () => fetchPhoto(name), name);
}

/**
 * Takes an image of the reader's, in colour, at most 512 pixels a side.
 * @param {PhotoState} state
 * @param {File} file
 */
export function takePhotoFile(state, file) {
  return attempt(state, () => readPhoto(file), null);
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

/**
 * Shows what is read, unless something newer was asked for; what cannot be read is told, and the former
 * photograph stays.
 * @param {PhotoState} state
 * @param {() => Promise<Photo>} read
 * @param {string | null} name  what a link says of it; null where it is the usual one, or the reader's own
 */
function attempt(state, read, name) {
  return state.newest(async (overtaken) => {
    try {
      const found = await read();
      if (overtaken.aborted) return;
      batch(() => {
        state.photoError.value = null;
        state.lab.photoName.value = name;
        state.photo.value = found;
      });
    } catch (error) {
      if (!overtaken.aborted) {
        state.photoError.value = error instanceof Error ? error.message : String(error);
      }
    }
  });
}

/** Fetches the list of photographs and the one that is asked for, else the first of them, once. @param {PhotoState} state */
async function begin(state) {
  /** @type {{name: string, kind: string}[]} */
  const rows = await getJson('/samples');
  photoNames.value = rows.filter(({ kind }) => kind === 'photograph').map(({ name }) => name);
  const [first] = photoNames.value;
  const asked = photoNames.value.find((one) => one === state.lab.photoName.value) ?? null;
  const name = asked ?? first;
  if (!state.photo.peek() && name) await attempt(state, () => fetchPhoto(name), asked);
}

/**
 * Keeps the result in step while it is looked at. One job is under way at a time and the newest state
 * follows it.
 * @param {PhotoState} state
 * @param {() => Uint32Array} colours  of signed values
 * @returns {() => void} stops it
 */
export function startPhotoFiltering(state, colours) {
  const { photo, onPhoto, show, isWorking, photoError } = state;
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
    state.filtered.value = data;
    isBusy = false;
    isWorking.value = false;
    if (isStale) send();
  });
  const themes = signal(0);
  const count = () => (themes.value += 1);
  document.addEventListener('themechange', count);
  let isBegun = false;
  const stop = effect(() => {
    if (state.lab.see.value.kind !== 'image') return;
    if (!isBegun) {
      isBegun = true;
      void begin(state).catch((error) => (photoError.value = String(error.message ?? error)));
    }
    void [themes.value, show.value];
    if (!onPhoto.value) return;
    if (isBusy) isStale = true;
    else send();
  });
  return () => {
    stop();
    worker.terminate();
    document.removeEventListener('themechange', count);
  };
}
