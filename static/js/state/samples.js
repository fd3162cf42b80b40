import { signal } from '@preact/signals-core';

import { getJson, getTensors } from '../api/client.js';

/**
 * A digit or a piece of clothing of the shipped sets: 28 × 28 pixels, 255 = ink.
 * @typedef {{name: string, shows: string, label: number | null, pixels: Uint8Array}} Sample
 * @typedef {{name: string, kind: string, label: number | null}} Entry
 */

/** What the server has shipped never changes: each is fetched once. @type {Map<string, Sample>} */
const fetched = new Map();
/** @type {readonly Entry[]} */
let entries = [];

/** @param {RequestInit} [init] */
async function list(init) {
  if (entries.length === 0) entries = await getJson('/samples', init);
  return entries;
}

/**
 * One sample by its name.
 * @param {string} name
 * @param {RequestInit} [init]  with the signal that aborts it
 * @returns {Promise<Sample>}
 */
export async function getSample(name, init) {
  const there = fetched.get(name);
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
  const sample = { name, shows: String(document?.kind), label, pixels };
  fetched.set(name, sample);
  return sample;
}

/**
 * The names of one sample of each label; the next round has the next ones.
 * @param {readonly Entry[]} all
 * @param {number} turn
 * @param {string} kind
 */
export function onePerLabel(all, turn, kind) {
  const digits = all.filter((entry) => entry.kind === kind && entry.label !== null);
  const labels = [...new Set(digits.map((entry) => entry.label))].sort(
    (a, b) => Number(a) - Number(b),
  );
  return labels.map((label) => {
    const alike = digits.filter((entry) => entry.label === label);
    return alike[turn % alike.length].name;
  });
}

/** A tray of samples, one of each label. @param {() => string} [kind]  which, when it is filled */
export function createTray(kind = () => 'digit') {
  /** @type {import('@preact/signals-core').Signal<readonly Sample[]>} */
  const samples = signal([]);
  let round = 0;
  return {
    samples,
    /** Fills the tray with the first samples, or with the next ones. */
    async load() {
      const names = onePerLabel(await list(), round, kind());
      round += 1;
      const turn = round;
      const loaded = await Promise.all(names.map((name) => getSample(name)));
      // A later call wins.
      if (turn === round) samples.value = loaded;
    },
  };
}
