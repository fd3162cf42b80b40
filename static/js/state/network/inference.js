import { batch, effect, untracked } from '@preact/signals-core';

import { ApiError, getTensors } from '../../api/client.js';
import { wiringOf, withDerived } from '../../core/layers/wiring.js';
import { dequantize } from '../../core/tensor.js';
import { isAbort, isPassing, leavingSignal, soon, whenBack } from '../retry.js';
import { changed, preparation, requestBody } from './drawing.js';
import { failure, forward, isBusy, isOutdated, network, outline } from './store.js';

/** A forward pass that takes longer than this is announced. */
const BUSY_AFTER_MS = 100;
/** What is shown counts as old once its successor is so long on its way. */
const OUTDATED_AFTER_MS = 300;
/** What the page measures: from the pointer event to the painted picture. */
export const MEASURE = 'pen-to-picture';

let isInFlight = false;
let isStale = false;
/** The layers that have to be sent: what can be derived from them follows, to the bit. */
const sentLayers = () =>
  (outline.value?.layers ?? []).filter((layer) => !wiringOf(layer).derive).map(({ name }) => name);

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
    layers: sentLayers().join(','),
  });
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

/**
 * @typedef {object} Asked  one forward pass under way
 * @property {{at: number}} of  what it is of
 * @property {boolean} isFirst
 * @property {Promise<import('../../core/tensor.js').TensorFile>} answer
 */

/** Asks for one forward pass of what is drawn now. @returns {Asked} */
function send() {
  isStale = false;
  const of = changed.value;
  const isFirst = forward.value === null;
  const { body, type } = requestBody();
  const answer = getTensors(address(isFirst), {
    method: 'POST',
    headers: { 'Content-Type': type },
    body,
    signal: leavingSignal(),
  });
  return { of, isFirst, answer };
}

/**
 * Shows an answer.
 * @param {Asked} asked
 * @param {import('../../core/tensor.js').TensorFile} answer
 */
async function show({ of, isFirst }, answer) {
  const known = outline.value?.layers ?? [];
  const tensors = withDerived(isFirst ? dequantize(answer) : answer.tensors, known);
  batch(() => {
    forward.value = { document: answer.document, tensors, isExact: !isFirst, of };
    failure.value = null;
    isOutdated.value = false;
  });
  const picture = painted(of.at);
  if (!isFirst) return;
  // The exact values of the first picture may wait for it; later ones must not wait for a frame.
  await picture;
  isStale = true;
}

/** Says why there is no answer; what passes is tried again. @param {unknown} error */
async function fail(error) {
  if (!(error instanceof ApiError)) throw error;
  isOutdated.value = true;
  failure.value = error.detail;
  if (!isPassing(error)) return;
  isStale = true;
  await soon();
}

/**
 * Takes in one answer, or why there is none.
 * @param {Asked} asked
 * @returns {Promise<Asked | null>} the next one, where it is under way already
 */
async function take(asked) {
  const timer = setTimeout(() => (isOutdated.value = true), OUTDATED_AFTER_MS);
  try {
    const answer = await asked.answer;
    // The server works on the next one while this one is painted.
    const next = isStale && !asked.isFirst ? send() : null;
    await show(asked, answer);
    return next;
  } catch (error) {
    await fail(error);
    return null;
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
    /** @type {Asked | null} */
    let under = null;
    while (under || isStale) under = await take(under ?? send());
  } catch (error) {
    if (!isAbort(error)) throw error;
  } finally {
    clearTimeout(timer);
    isInFlight = false;
    isBusy.value = false;
  }
}

/** Keeps the picture up to date with the drawing, its preparation and the network. */
export function startInference() {
  effect(() => {
    void [changed.value, preparation.value, network.value];
    untracked(ask);
  });
  whenBack(() => void ask());
}
