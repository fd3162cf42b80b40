import { getJson, request } from '../../api/client.js';

/**
 * @import {Recipe} from '../../core/training/recipe.js'
 * @import {Run, RunRow} from './store.js'
 */

/** @param {string} run */
const path = (run) => `/runs/${encodeURIComponent(run)}`;

/** Every run, the newest first. @param {RequestInit} [init] @returns {Promise<RunRow[]>} */
export const listRuns = (init) => getJson('/runs', init);

/** @param {string} run @param {RequestInit} [init] @returns {Promise<Run>} */
export const getRun = (run, init) => getJson(path(run), init);

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

/** @param {string} run @param {'pause' | 'resume'} what @returns {Promise<Run>} */
export const tellRun = (run, what) => getJson(`${path(run)}/${what}`, { method: 'POST' });

/** Cancels a run that goes on, deletes one that has ended. @param {string} run @param {RequestInit} [init] @returns {Promise<Run>} */
export const deleteRun = async (run, init) =>
  (await request(path(run), { ...init, method: 'DELETE' })).json();
