import { getJson, getTensors, request } from '../../api/client.js';

/**
 * @import {Recipe} from '../../core/training/recipe.js'
 * @import {NetworkRow, Plan, Run, RunRow} from './store.js'
 * @import {Epoch} from '../../core/training/curves.js'
 *
 * What a run has told by an event of a number, as columns.
 * @typedef {{event: number, layers: readonly string[], epochs: readonly Epoch[],
 *   columns: Readonly<Record<string, ArrayLike<number>>>}} ToldCurves
 */

/** @param {string} run */
const path = (run) => `/runs/${encodeURIComponent(run)}`;

/** Every run, the newest first. @param {RequestInit} [init] @returns {Promise<RunRow[]>} */
export const listRuns = (init) => getJson('/runs', init);

/** Every network there is. @returns {Promise<NetworkRow[]>} */
export const getNetworks = () => getJson('/networks');

/** Gives a run a title, under which it is kept. @param {string} run @param {string} title @returns {Promise<Run>} */
export const nameRun = (run, title) =>
  getJson(path(run), {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ title }),
  });

/** @param {string} run @param {RequestInit} [init] @returns {Promise<Run>} */
export const getRun = (run, init) => getJson(path(run), init);

/** What a run has told of its steps and epochs until now. @param {string} run @returns {Promise<ToldCurves>} */
export async function getCurves(run) {
  const { document, tensors } = await getTensors(`${path(run)}/curves`);
  const { event, layers, epochs, steps_per_epoch: length } = document;
  const columns = Object.fromEntries([...tensors].map(([name, { data }]) => [name, data]));
  return {
    event,
    layers,
    columns,
    epochs: epochs.map((/** @type {Epoch} */ epoch) => ({ ...epoch, step: epoch.epoch * length })),
  };
}

/**
 * Begins a run. A repeat with the same key is the same run.
 * @param {Recipe} recipe
 * @param {string} key
 * @returns {Promise<Run>}
 */
export const postRun = (recipe, key) =>
  getJson('/runs', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(recipe),
  });

/** What a recipe comes to. @param {Recipe} recipe @param {AbortSignal} [signal] @returns {Promise<Plan>} */
export const planRun = (recipe, signal) =>
  getJson('/runs/plan', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(recipe),
    ...(signal && { signal }),
  });

/** @param {string} run @param {'pause' | 'resume'} what @returns {Promise<Run>} */
export const tellRun = (run, what) => getJson(`${path(run)}/${what}`, { method: 'POST' });

/** Cancels a run that goes on, deletes one that has ended. @param {string} run @param {RequestInit} [init] @returns {Promise<Run>} */
export const deleteRun = async (run, init) =>
  (await request(path(run), { ...init, method: 'DELETE' })).json();
