import { signal } from '@preact/signals-core';

import { getJson, getTensors } from '../api/client.js';
import { failure } from './network/store.js';

/**
 * A digit of the shipped set: 28 × 28 pixels, 255 = ink.
 * @typedef {{name: string, label: number | null, pixels: Uint8Array}} Sample
 * @typedef {{name: string, kind: string, label: number | null}} Entry
 */

/** The digits in the tray. @type {import('@preact/signals-core').Signal<readonly Sample[]>} */
export const samples = signal([]);

/** @type {Map<string, Sample>} */
const known = new Map();
/** @type {readonly Entry[]} */
let entries = [];
let round = 0;

/** @param {RequestInit} [init] */
async function list(init) {
  if (entries.length === 0) entries = await getJson('/samples', init);
  return entries;
}

/**
 * One sample by its name; each is fetched once.
 * @param {string} name
 * @param {RequestInit} [init]  with the signal that aborts it
 * @returns {Promise<Sample>}
 */
export async function getSample(name, init) {
  const there = known.get(name);
  if (there) return there;
  // As bytes: a sample's pixels are bytes, and the tray is part of the first visit.
  const path = `/samples/${encodeURIComponent(name)}?dtype=uint8`;
  const { document, tensors } = await getTensors(path, init);
  const { minimum = [0], maximum = [1] } = document?.image?.scale ?? {};
  const span = maximum[0] - minimum[0];
  const pixels = Uint8Array.from(
    tensors.get('image')?.data ?? [],
    (value) => 255 * minimum[0] + span * value + 0.5,
  );
  /** @type {number | null} */
  const label = document?.label ?? null;
  const sample = { name, label, pixels };
  known.set(name, sample);
  return sample;
}

/**
 * The names of one digit of each label; the next round has the next writers.
 * @param {readonly Entry[]} all
 * @param {number} turn
 */
export function onePerLabel(all, turn) {
  const digits = all.filter((entry) => entry.kind === 'digit' && entry.label !== null);
  const labels = [...new Set(digits.map((entry) => entry.label))].sort(
    (a, b) => Number(a) - Number(b),
  );
  return labels.map((label) => {
    const alike = digits.filter((entry) => entry.label === label);
    return alike[turn % alike.length].name;
  });
}

/**
 * Fills the tray with the first digits, or with the next ones.
 * @param {RequestInit} [init]  with the signal that aborts it
 */
export async function loadSamples(init) {
  const names = onePerLabel(await list(init), round);
  const turn = round;
  round += 1;
  const loaded = await Promise.all(names.map((name) => getSample(name, init)));
  // A later press of "more" wins.
  if (turn === round - 1) samples.value = loaded;
}

/** Fills the tray with the next digits, or says why there are none. */
export async function moreSamples() {
  try {
    await loadSamples();
  } catch (error) {
    failure.value = error instanceof Error ? error.message : String(error);
  }
}
