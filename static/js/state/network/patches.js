import { signal } from '@preact/signals-core';

import { ApiError, getJson, getTensors } from '../../api/client.js';
import { isAbort, leavingSignal } from '../retry.js';

/**
 * @import {Box} from '../../core/receptive_field.js'
 * @import {Patch, PixelPicture, UnitPatches} from '../../render/field_picture.js'
 * @import {Store} from './store.js'
 *
 * A place in an image, and how much a unit answers there.
 * @typedef {{value: number, label: string, image: number, row: number, column: number, box: Box}} Place
 */

/** @param {string} network */
const addressOf = (network) => `/networks/${encodeURIComponent(network)}`;

/** The images that patches are parts of, each fetched once. */
class Images {
  /** By network and number. @type {Map<string, PixelPicture>} */
  #pictures = new Map();

  /**
   * Some of a network's images, by their numbers.
   * @param {string} of
   * @param {readonly number[]} numbers
   * @returns {Promise<(number: number) => PixelPicture>}
   */
  async some(of, numbers) {
    const missing = [...new Set(numbers)].filter((each) => !this.#pictures.has(`${of} ${each}`));
    if (missing.length > 0) {
      const path = `${addressOf(of)}/patches/images?images=${missing.join()}`;
      const { tensors } = await getTensors(path, { signal: leavingSignal() });
      const images = tensors.get('images');
      if (images)
        picturesIn(images).forEach((one, at) => this.#pictures.set(`${of} ${missing[at]}`, one));
    }
    return (number) => /** @type {PixelPicture} */ (this.#pictures.get(`${of} ${number}`));
  }
}

/** @param {import('../../core/tensor.js').Tensor} images  (n, H, W) or (n, C, H, W), 0…255 @returns {PixelPicture[]} */
function picturesIn({ shape, data }) {
  const [rows, columns] = shape.slice(-2);
  const channels = shape.length === 4 ? shape[1] : 1;
  const size = rows * columns;
  const plane = (/** @type {number} */ at) =>
    data.subarray(at * size, (at + 1) * size).map((value) => value / 255);
  return Array.from({ length: shape[0] }, (_, index) => ({
    rows,
    columns,
    planes: Array.from({ length: channels }, (__, at) => plane(index * channels + at)),
    palette: 'input',
  }));
}

/** The patches of the units of a network on show, each fetched once. @param {Store} store */
export function createPatches({ network, outline }) {
  /** By network, layer and unit. @type {import('@preact/signals-core').Signal<ReadonlyMap<string, UnitPatches>>} */
  const units = signal(new Map());
  /** @type {Set<string>} */
  const asked = new Set();
  const images = new Images();

  /** @param {string} of @param {string} layer @param {number} channel @returns {Promise<readonly Patch[]>} */
  async function fetchUnit(of, layer, channel) {
    const path = `${addressOf(of)}/layers/${encodeURIComponent(layer)}/patches?channel=${channel}&pixels=false`;
    /** @type {{patches: Place[]}} */
    const { patches } = await getJson(path, { signal: leavingSignal() });
    const numbers = patches.map(({ image }) => image);
    const pictureOf = await images.some(of, numbers);
    return patches.map(({ image, ...place }) => ({ ...place, picture: pictureOf(image) }));
  }

  /** @param {string} of @param {string} layer @param {number} channel @param {string} key */
  async function fetchOnce(of, layer, channel, key) {
    if (asked.has(key)) return;
    asked.add(key);
    const keep = (/** @type {readonly Patch[]} */ patches, failure = '') =>
      void (units.value = new Map(units.value).set(key, { layer, channel, patches, failure }));
    try {
      keep(await fetchUnit(of, layer, channel));
    } catch (error) {
      asked.delete(key);
      if (error instanceof ApiError) keep([], error.detail);
      else if (!isAbort(error)) throw error;
    }
  }

  return {
    /**
     * What a unit looks for; null before it is there. What reads it notices when it comes.
     * @param {string} layer
     * @param {number} channel
     */
    unitPatches(layer, channel) {
      const key = `${network.value} ${layer} ${channel}`;
      const found = units.value.get(key);
      if (!found) void fetchOnce(network.value, layer, channel, key);
      return found ?? null;
    },
    /** Whether it is known of a layer's units. @param {string} layer */
    has: (layer) => outline.value?.patches?.includes(layer) ?? false,
  };
}
