import { ApiError, getJson, getTensors } from '../../api/client.js';
import { isAbort, leavingSignal, soon } from '../retry.js';
import { failure, network, outline, weights } from './store.js';

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
    const { tensors } = await getTensors(path, { signal: leavingSignal() });
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
