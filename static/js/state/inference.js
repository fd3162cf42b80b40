import { batch, effect, untracked } from '@preact/signals-core';

import { ApiError, getJson, getTensors } from '../api/client.js';
import { dequantize, withDerived } from '../core/tensor.js';
import { changed, preparation, requestBody } from './drawing.js';
import { failure, forward, isBusy, isOutdated, network, outline, weights } from './store.js';

/** A forward pass that takes longer than this is announced. */
const BUSY_AFTER_MS = 100;
/** What is shown counts as old once its successor is so long on its way. */
const OUTDATED_AFTER_MS = 300;
/** What the page measures: from the pointer event to the painted picture. */
export const MEASURE = 'pen-to-picture';

let isInFlight = false;
let isStale = false;
/** @type {AbortController} */
let leaving = new AbortController();

/** The layers of the first picture that have to be sent: the others follow from these. */
const sentLayers = () =>
  (outline.value?.layers ?? [])
    .filter(({ kind }) => kind !== 'ReLU' && kind !== 'Flatten')
    .map(({ name }) => name);

/** @param {boolean} isFirst  the first picture travels as bytes, the exact values right behind it */
function address(isFirst) {
  const { crop, box, centre, invert } = preparation.value;
  const query = new URLSearchParams({
    steps: 'thumbnail',
    crop: String(crop),
    box: String(box),
    centre: String(centre),
    invert,
    dtype: isFirst ? 'uint8' : 'float32',
  });
  if (isFirst) query.set('layers', sentLayers().join(','));
  return `/networks/${encodeURIComponent(network.value)}/forward?${query}`;
}

/**
 * Resolves, and marks the moment, once the frame with the new picture has been handed over.
 * @param {number} start  time of the event behind the picture
 * @returns {Promise<void>}
 */
function painted(start) {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        performance.clearMeasures(MEASURE);
        performance.measure(MEASURE, { start, end: performance.now() });
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
  });
}

/** One forward pass of what is drawn now. @param {boolean} isFirst */
async function infer(isFirst) {
  const of = changed.value;
  const { body, type } = requestBody();
  const answer = await getTensors(address(isFirst), {
    method: 'POST',
    headers: { 'Content-Type': type },
    body,
    signal: leaving.signal,
  });
  const known = outline.value?.layers ?? [];
  const tensors = isFirst ? withDerived(dequantize(answer), known) : answer.tensors;
  batch(() => {
    forward.value = { document: answer.document, tensors, isExact: !isFirst, of };
    failure.value = null;
    isOutdated.value = false;
  });
  const picture = painted(of.at);
  // The exact values of the first picture may wait for it; later ones must not wait for a frame.
  if (isFirst) await picture;
}

/** What passes by itself: the server is away, busy or starting. It is asked again this often. */
const PASSING = new Set([0, 429, 503]);
const ASK_AGAIN_MS = 400;

const soon = () => new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));

/** One answer for what is drawn now, or the sentence why there is none; what passes is tried again. */
async function answer() {
  const isFirst = forward.value === null;
  isStale = false;
  const timer = setTimeout(() => (isOutdated.value = true), OUTDATED_AFTER_MS);
  try {
    await infer(isFirst);
    if (isFirst) isStale = true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    isOutdated.value = true;
    failure.value = error.detail;
    if (!PASSING.has(error.status)) return;
    isStale = true;
    await soon();
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Asks for the newest picture. One request is under way at a time and the newest state follows it:
 * aborting at every pen move would starve the picture while the pen is fast.
 */
async function ask() {
  isStale = true;
  if (isInFlight) return;
  isInFlight = true;
  const timer = setTimeout(() => (isBusy.value = true), BUSY_AFTER_MS);
  try {
    while (isStale) await answer();
  } catch (error) {
    if (!isAbort(error)) throw error;
  } finally {
    clearTimeout(timer);
    isInFlight = false;
    isBusy.value = false;
  }
}

/** @param {unknown} error  of a request that the page itself gave up */
const isAbort = (error) => error instanceof DOMException && error.name === 'AbortError';

/** A server that is just starting is waited for so long. */
const STARTING_MS = 60_000;

/** Fetches the outline of the network, as soon as the server has it. */
export async function loadOutline() {
  const until = performance.now() + STARTING_MS;
  for (;;) {
    try {
      outline.value = await getJson(`/networks/${encodeURIComponent(network.value)}`);
      failure.value = null;
      return;
    } catch (error) {
      const isStarting = error instanceof ApiError && error.status === 503;
      if (!isStarting || performance.now() > until) throw error;
      failure.value = error.detail;
      await soon();
    }
  }
}

/** @type {Set<string>} */
const asked = new Set();

/**
 * Fetches a layer's weights, once.
 * @param {string} layer
 */
export async function ensureWeights(layer) {
  const known = outline.value?.layers.find(({ name }) => name === layer);
  if (!known?.parameters.total || asked.has(layer)) return;
  asked.add(layer);
  try {
    const path = `/networks/${encodeURIComponent(network.value)}/layers/${layer}/weights`;
    const { tensors } = await getTensors(path, { signal: leaving.signal });
    const weight = tensors.get('weight');
    if (!weight) return;
    weights.value = new Map(weights.value).set(layer, {
      weight,
      bias: tensors.get('bias') ?? null,
    });
  } catch (error) {
    asked.delete(layer);
    if (error instanceof ApiError) failure.value = error.detail;
    else if (!isAbort(error)) throw error;
  }
}

/** Keeps the picture up to date with the drawing, its preparation and the network. */
export function startInference() {
  effect(() => {
    void [changed.value, preparation.value, network.value];
    untracked(ask);
  });
  addEventListener('pagehide', () => leaving.abort());
  addEventListener('pageshow', () => {
    if (!leaving.signal.aborted) return;
    leaving = new AbortController();
    void ask();
  });
}
