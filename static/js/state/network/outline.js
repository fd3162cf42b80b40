import { batch } from '@preact/signals-core';

import { ApiError, getJson, getTensors } from '../../api/client.js';
import { withMaps } from '../../core/graph.js';
import { isWide, unitKey } from '../../core/layers/unit_parameters.js';
import { isAbort, isForNow, leavingSignal, soon } from '../retry.js';
import { tellRefusal } from './refusal.js';
import { USUAL } from './store.js';
import { askedOf } from './why_question.js';

/** @import {Outline, Store} from './store.js' */

/** A server that is just starting is waited for so long. */
const STARTING_MS = 60_000;

/** More layers are folded; of more values only those are sent that are looked at. */
const DEEP = { layers: 24, values: 150_000 };

/**
 * What a network that is deep or wide needs beside; it comes with the first of them.
 * @param {Outline} outline
 */
const deepOf = ({ layers }) => {
  const values = layers.reduce(
    (sum, { output_shape: shape }) => sum + shape.reduce((a, b) => a * b),
    0,
  );
  return layers.length > DEEP.layers || values > DEEP.values ? import('./deep.js') : null;
};

/** @param {string} name */
const addressOf = (name) => `/networks/${encodeURIComponent(name)}`;

/**
 * A network's outline, as soon as the server has it.
 * @param {Store} store
 * @param {string} name
 * @returns {Promise<Outline>}
 */
async function fetchOutline({ failure, isGone }, name) {
  const until = performance.now() + STARTING_MS;
  for (;;) {
    try {
      const outline = withMaps(await getJson(addressOf(name)));
      [failure.value, isGone.value] = [null, false];
      return outline;
    } catch (error) {
      const isStarting = error instanceof ApiError && error.status === 503 && isForNow(error);
      if (!isStarting || performance.now() > until) throw error;
      [failure.value, isGone.value] = [error.detail, false];
      await soon();
    }
  }
}

/**
 * Shows a network, or the usual one where there is none of that name, or none that can be used.
 * @param {Store} store
 * @param {string} name
 * @param {(shown: Outline) => Promise<() => unknown>} [ready]  fetches what comes with it, and lays it there
 * @returns {Promise<boolean | string>} whether there is one of that name, or why it cannot be used
 */
export async function showNetwork(store, name, ready = async () => () => null) {
  const {
    deep,
    forward,
    hover,
    inSight,
    network,
    opened,
    opening,
    outline,
    pixel,
    unfolded,
    view,
    wanted,
    why,
  } = store;
  wanted.value = name;
  if (name === network.value && outline.value) return true;
  /** @type {boolean | string} */
  let isThere = true;
  const found = await fetchOutline(store, name).catch((error) => {
    if (name === USUAL || !(error instanceof ApiError)) throw error;
    isThere = error.status !== 404 && error.detail;
    return null;
  });
  const shown = found ?? (await fetchOutline(store, USUAL));
  const [beside, place] = await Promise.all([deepOf(shown), ready(shown)]);
  // Another one was asked for meanwhile.
  if (wanted.value !== name) return true;
  batch(() => {
    network.value = shown.name;
    // Why it decides as it does is asked of the other network, too.
    const isWhy = opened.value.kind === 'why';
    if (outline.value && !isWhy) view.value = { kind: 'overview' };
    [hover.value, opening.value] = [null, null];
    why.value = isWhy && why.value ? askedOf(why.value, outline.value, shown) : null;
    pixel.value = null;
    forward.value = null;
    inSight.value = null;
    unfolded.value = new Set();
    deep.value = beside;
    outline.value = shown;
    place();
  });
  return isThere;
}

/**
 * Makes what fetches the weights of a layer, each once; of a wide layer those of one unit, where one is asked for.
 * @param {Store} store
 */
export function createWeights(store) {
  const { allWeights, network, outline } = store;
  /** By network, layer and unit. @type {Set<string>} */
  const asked = new Set();
  return async (/** @type {string} */ layer, /** @type {number | null} */ unit = null) => {
    const of = network.value;
    const known = outline.value?.layers.find(({ name }) => name === layer);
    if (!known) return;
    const one = isWide(known);
    if (one && unit === null) return;
    const name = one ? unitKey(layer, Number(unit)) : layer;
    const key = `${of}/${name}`;
    if (asked.has(key) || allWeights.peek().get(of)?.has(layer)) return;
    asked.add(key);
    try {
      // What explains them comes behind the first picture, and so do weights.
      const { kindOf } = await import('../../core/layers/registry.js');
      if (!kindOf(known).hasParameters) return;
      const path = `${addressOf(of)}/layers/${encodeURIComponent(layer)}/weights${one ? `?unit=${unit}` : ''}`;
      const { tensors, document } = await getTensors(path, { signal: leavingSignal() });
      const layers = new Map(allWeights.value.get(of));
      // A page that is one file holds those of all units.
      layers.set((document.unit ?? null) === null ? layer : name, Object.fromEntries(tensors));
      allWeights.value = new Map(allWeights.value).set(of, layers);
    } catch (error) {
      asked.delete(key);
      if (error instanceof ApiError) tellRefusal(store, error);
      else if (!isAbort(error)) throw error;
    }
  };
}
