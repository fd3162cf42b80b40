import { signal } from '@preact/signals-core';

import { getJson, getTensors } from '../api/client.js';

/**
 * @import {Tensor} from '../core/tensor.js'
 *
 * A digit or a piece of clothing of the shipped sets: 28 × 28 pixels, 255 = ink; or a photograph.
 * @typedef {{name: string, shows: string, label: number | null, pixels: Uint8Array,
 *   shape: readonly number[], title: string, credit: string, imagenet: readonly string[],
 *   photo?: import('../core/drawing/strokes.js').PhotoBase}} Sample
 *   photo: of one that was fetched whole, what lies on the paper
 * @typedef {{name: string, kind: string, label: number | null}} Entry
 */

/**
 * Which samples a network reads, and the one that a page without a drawing opens with, by its preparation.
 * @type {Record<string, {shows: string, example: string}>}
 */
const READ = {
  digit: { shows: 'digit', example: 'digit-7-0' },
  clothes: { shows: 'clothes', example: 'clothes-9-0' },
  photo: { shows: 'photograph', example: 'cat' },
};

/** What a network reads; before one is known, digits. @param {import('../core/graph.js').Outline | null} outline */
export const samplesFor = (outline) => READ[outline?.preparation ?? 'digit'];

/** A photograph in the tray has no more pixels a side. */
const THUMBNAIL_PX = 96;

/** What the server has shipped never changes: each is fetched once. @type {Map<string, Sample>} */
const fetched = new Map();
/** @type {readonly Entry[]} */
let entries = [];

/** @param {RequestInit} [init] */
async function list(init) {
  if (entries.length === 0) entries = await getJson('/samples', init);
  return entries;
}

/** A picture of as many bytes as its tensor has, whatever range those were brought to. @param {any} scale @param {Tensor | undefined} tensor */
function bytesOf({ minimum = [0], maximum = [1] } = {}, tensor) {
  const { data = [] } = tensor ?? {};
  const planes = minimum.length;
  return Uint8Array.from(data, (value, i) => {
    const plane = Math.floor((i * planes) / data.length);
    return 255 * minimum[plane] + (maximum[plane] - minimum[plane]) * value + 0.5;
  });
}

/** @param {any} told  what the server tells of it @param {Tensor | undefined} tensor @returns {Sample} */
const sampleOf = (told, tensor) => ({
  name: told.name,
  shows: String(told.kind),
  label: told.label ?? null,
  pixels: bytesOf(told.image?.scale, tensor),
  shape: tensor?.shape ?? [],
  title: told.title ?? '',
  credit: told.credit ?? '',
  imagenet: told.imagenet ?? [],
});

/** Under what a sample is kept. @param {string} name @param {number} [side] */
const keyOf = (name, side) => `${name} ${side}`;

// As bytes: a sample's pixels are bytes, and the tray is part of the first visit.
/** @param {number} [side] */
const carriedAs = (side) => `dtype=uint8${side ? `&side=${side}` : ''}`;

/**
 * One sample by its name, whole.
 * @param {string} name
 * @param {RequestInit} [init]  with the signal that aborts it
 * @returns {Promise<Sample>}
 */
export async function getSample(name, init) {
  const there = fetched.get(keyOf(name));
  if (there) return there;
  const path = `/samples/${encodeURIComponent(name)}?${carriedAs()}`;
  const { document, tensors } = await getTensors(path, init);
  const sample = sampleOf({ ...document, name }, tensors.get('image'));
  if (sample.shows === 'photograph') {
    const { shippedPhoto } = await import('./network/photo.js');
    sample.photo = shippedPhoto(sample, sample.shape, sample.pixels);
  }
  fetched.set(keyOf(name), sample);
  return sample;
}

/**
 * Several samples for a tray, of which those that are not here yet come in one answer.
 * @param {readonly string[]} names
 * @param {number} [side]  no more pixels a side are wanted
 * @returns {Promise<Sample[]>}
 */
async function getSamples(names, side) {
  const missing = names.filter((name) => !fetched.has(keyOf(name, side)));
  if (missing.length > 0) {
    const path = `/samples/pictures?names=${missing.map(encodeURIComponent).join()}&${carriedAs(side)}`;
    const { document, tensors } = await getTensors(path);
    for (const told of document.samples)
      fetched.set(keyOf(told.name, side), sampleOf(told, tensors.get(told.name)));
  }
  return names.flatMap((name) => fetched.get(keyOf(name, side)) ?? []);
}

/**
 * The names of one sample of each label; the next round has the next ones. Photographs have none: all are named.
 * @param {readonly Entry[]} all
 * @param {number} turn
 * @param {string} kind
 */
export function onePerLabel(all, turn, kind) {
  const ofKind = all.filter((entry) => entry.kind === kind);
  if (kind === 'photograph') return ofKind.map(({ name }) => name);
  const digits = ofKind.filter((entry) => entry.label !== null);
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
      const of = kind();
      const names = onePerLabel(await list(), round, of);
      const side = of === 'photograph' ? THUMBNAIL_PX : undefined;
      round += 1;
      const turn = round;
      const loaded = await getSamples(names, side);
      // A later call wins.
      if (turn === round) samples.value = loaded;
    },
  };
}
