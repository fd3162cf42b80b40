import { getJson, getTensors } from '../../api/client.js';
import { methodNamed } from '../../core/attribution/methods.js';
import { covered } from '../../core/attribution/picture.js';
import { encodeNpy } from '../../core/tensor.js';

/**
 * @import {Image, Patch} from '../../core/attribution/picture.js'
 * @import {TensorFile} from '../../core/tensor.js'
 * @import {WhyQuestion} from './why_question.js'
 *
 * A question to a network about an image; another `key`, another question.
 * @typedef {{readonly key: string, readonly network: string, readonly question: WhyQuestion,
 *   readonly image: Image}} Asked
 *
 * @typedef {{readonly done: number, readonly of: number}} Steps
 */

/** How far it is is asked for from here on, and so often. */
const SLOW_MS = 500;
const STEPS_EVERY_MS = 250;

/** A word that nobody else will think of. */
const ticketOf = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('-');

/**
 * Tells how far a request is, as long as it is under way.
 * @param {string} ticket
 * @param {AbortSignal} signal
 * @param {(steps: Steps | null) => void} tell
 * @returns {() => void} to be called when it is over
 */
function followSteps(ticket, signal, tell) {
  let isOver = false;
  const look = async () => {
    const { done, of } = await getJson(`/progress/${ticket}`, { signal }).catch(() => ({}));
    if (isOver) return;
    if (of) tell({ done, of });
    timer = setTimeout(look, STEPS_EVERY_MS);
  };
  let timer = setTimeout(look, SLOW_MS);
  return () => {
    isOver = true;
    clearTimeout(timer);
    tell(null);
  };
}

/** @param {string} network @param {'explain' | 'forward'} what @param {Record<string, string>} query */
const addressOf = (network, what, query) =>
  `/networks/${encodeURIComponent(network)}/${what}?${new URLSearchParams(query)}`;

/** @param {Image} image @param {AbortSignal} signal @returns {RequestInit} */
const posted = ({ shape, data }, signal) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/x-npy' },
  body: encodeNpy(data, shape),
  signal,
});

/** What is asked, as the parameters of the address; what is usual is left out. @param {WhyQuestion} question */
function parametersOf({ method, index, against, layer, random }) {
  /** @type {[string, string | number | null][]} */
  const given = [
    ['class', index],
    ['against', against],
    ['layer', methodNamed(method)?.isOfLayer ? layer : null],
    ['randomize', random || null],
  ];
  const there = given.filter(([, value]) => value !== null);
  return Object.fromEntries(there.map(([name, value]) => [name, String(value)]));
}

/**
 * The map of a question, and what is said of it.
 * @param {Asked} asked
 * @param {AbortSignal} signal
 * @param {(steps: Steps | null) => void} tell  how far it is
 * @returns {Promise<TensorFile>}
 */
export async function requestMap({ network, question, image }, signal, tell) {
  const ticket = ticketOf();
  const query = { ...parametersOf(question), method: question.method, prepare: 'none', ticket };
  const stop = followSteps(ticket, signal, tell);
  try {
    return await getTensors(addressOf(network, 'explain', query), posted(image, signal));
  } finally {
    stop();
  }
}

/**
 * What a network makes of an image with a patch over it.
 * @param {Asked & {patch: Patch, fill: readonly number[], layer: string}} asked  layer: a name, since one has to be
 * @param {AbortSignal} signal
 */
export function requestCovered({ network, image, patch, fill, layer }, signal) {
  const path = addressOf(network, 'forward', { prepare: 'none', steps: 'none', layers: layer });
  return getTensors(path, posted(covered(image, patch, fill), signal));
}
