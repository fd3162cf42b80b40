import { effect, signal } from '@preact/signals-core';

import { getTensors } from '../../api/client.js';

/**
 * @import {Signal} from '@preact/signals-core'
 * @import {Recipe} from '../../core/training/recipe.js'
 * @import {Picture} from '../../core/colour.js'
 */

/** A recipe that is being changed is asked about once it rests. */
const REST_MS = 150;
const COUNT = 16;

/** The images of an answer as pictures. @param {import('../../core/tensor.js').Tensor} images @returns {Picture[]} */
function picturesOf({ shape: [count, channels, rows, columns], data }) {
  const size = channels * rows * columns;
  return Array.from({ length: count }, (_, at) => ({
    values: Float32Array.from(data.subarray(at * size, (at + 1) * size), (byte) => byte / 255),
    ...{ rows, columns, palette: channels === 3 ? 'colour' : 'input' },
  }));
}

/**
 * The first images that a run of the recipe learns from, moved as it will move them.
 * @param {{recipe: Signal<Recipe>, shortage: Signal<string | null>}} training
 */
export function createAugmentedSheet({ recipe, shortage }) {
  /** Null where nothing is moved. @type {Signal<readonly Picture[] | null>} */
  const pictures = signal(null);
  const isBusy = signal(false);
  let asking = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const ask = async () => {
    const { signal: living } = asking;
    const body = JSON.stringify(recipe.peek());
    const headers = { 'Content-Type': 'application/json' };
    try {
      const init = { method: 'POST', headers, body, signal: living };
      const { tensors } = await getTensors(`/augmented?count=${COUNT}`, init);
      const images = tensors.get('images');
      if (images) pictures.value = picturesOf(images);
    } catch {
      // A recipe that is refused says so beside its plan; the pictures stay as they were.
    } finally {
      if (!living.aborted) isBusy.value = false;
    }
  };
  const stop = effect(() => {
    const { augmentation } = recipe.value;
    asking.abort();
    asking = new AbortController();
    clearTimeout(timer);
    const isWanted = augmentation !== null && shortage.value === null;
    isBusy.value = isWanted;
    if (!isWanted) pictures.value = null;
    else timer = setTimeout(ask, REST_MS);
  });
  return {
    signals: { pictures, isBusy },
    end() {
      stop();
      clearTimeout(timer);
      asking.abort();
    },
  };
}
