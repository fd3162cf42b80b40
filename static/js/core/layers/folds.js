// How the layers of a deep network fold: by what their names have in common, long rows of layers by the
// size of their maps, and equal blocks behind each other together.

import { spanText } from '../number.js';
import { runs } from '../runs.js';

/**
 * @import {Layer} from '../graph.js'
 *
 * Layers behind each other that are shown as one, or each of its parts by itself.
 * @typedef {object} Fold
 * @property {string} key  how a link names it: the beginning of its layers' names, or from which to which
 * @property {string} label  beside others
 * @property {number} first  the place of its first layer among all
 * @property {number} last
 * @property {number} equal  of so many equal parts it consists; else 1
 * @property {number} joins  its layers that read several others
 * @property {readonly Part[]} parts
 *
 * A fold, or the place of a layer that is in none.
 * @typedef {Fold | number} Part
 */

/** Fewer layers do not fold: side by side in the whole network, within a fold. */
const LEAST = 4;
const LEAST_WITHIN = 6;
/** A beginning that such a share of all names has says nothing, and of a row of layers that many are. */
const NEARLY_ALL = 2 / 3;
const MOST_OF_ALL = 1 / 2;
/** Longer rows of layers fold by the size of their maps. */
const LONG_ROW = 8;

/** @type {WeakMap<readonly Layer[], readonly Part[]>} */
const known = new WeakMap();

/**
 * The parts of a network, in the order of the data; those of the same list are found once.
 * @param {readonly Layer[]} layers  the input first
 */
export function foldsOf(layers) {
  const before = known.get(layers);
  if (before) return before;
  const paths = layers.map(({ name }) => name.split('.'));
  const places = new Map(layers.map(({ name }, place) => [name, place]));
  const parts = [0, ...partsOf({ layers, paths, places }, 1, layers.length, 0, LEAST)];
  known.set(layers, parts);
  return parts;
}

/**
 * Layers, the segments of their names, and where each stands.
 * @typedef {{layers: readonly Layer[], paths: readonly (readonly string[])[],
 *   places: ReadonlyMap<string, number>}} Named
 */

/**
 * The parts of some layers whose names begin alike.
 * @param {Named} named
 * @param {number} first
 * @param {number} end  the place behind the last
 * @param {number} depth  so many segments of their names they have in common
 * @param {number} least
 * @returns {Part[]}
 */
function partsOf(named, first, end, depth, least) {
  const { layers, paths } = named;
  /** @type {Part[]} */
  const parts = [];
  for (let place = first; place < end;) {
    const behind = sameAs(paths, place, end, depth);
    const length = behind - place;
    if (paths[place].length === depth + 1) parts.push(place);
    else if (least === LEAST && length > layers.length * telling(paths.slice(place, behind), depth))
      // Nearly all of it is no part of it.
      parts.push(...partsOf(named, place, behind, depth + 1, least));
    else if (length < least) for (let each = place; each < behind; each += 1) parts.push(each);
    else {
      const key = paths[place].slice(0, depth + 1).join('.');
      parts.push(foldOf(named, key, partsOf(named, place, behind, depth + 1, LEAST_WITHIN)));
    }
    place = behind;
  }
  return joinEqual(named, splitRows(named, parts, least));
}

/** A larger share of all layers is no part of them. @param {Named['paths']} paths  beginning alike @param {number} depth */
const telling = (paths, depth) =>
  paths.every(({ length }) => length === depth + 2) ? MOST_OF_ALL : NEARLY_ALL;

/** The place behind the layers whose names go on as the one's at `place`; a name that ends goes on as none. @param {Named['paths']} paths @param {number} place @param {number} end @param {number} depth */
function sameAs(paths, place, end, depth) {
  const isWithin = (/** @type {number} */ at) =>
    paths[at].length > depth + 1 && paths[at][depth] === paths[place][depth];
  let behind = place + 1;
  if (isWithin(place)) while (behind < end && isWithin(behind)) behind += 1;
  return behind;
}

const firstOf = (/** @type {Part} */ part) => (typeof part === 'number' ? part : part.first);
const lastOf = (/** @type {Part} */ part) => (typeof part === 'number' ? part : part.last);

/**
 * @param {Named} named
 * @param {string} key
 * @param {readonly Part[]} parts
 * @param {string} [label]
 * @returns {Fold}
 */
function foldOf({ layers }, key, parts, label = spanText(labelOf(key))) {
  const [only] = parts;
  // A fold in a fold in a fold is one, under the outer name.
  if (parts.length === 1 && typeof only !== 'number') return { ...only, key, label };
  const [first, last] = [firstOf(parts[0]), lastOf(parts[parts.length - 1])];
  const joins = layers.slice(first, last + 1).filter(({ inputs }) => inputs.length > 1).length;
  return { key, label, first, last, equal: 1, joins, parts };
}

/** What a name says beside others: its end, and before a number what is numbered. @param {string} name */
export function labelOf(name) {
  const path = name.split('.');
  let start = path.length - 1;
  while (start > 0 && /^\d/.test(path[start])) start -= 1;
  return path.slice(start).join('.');
}

/** @param {string} first @param {string} last */
const span = (first, last) => `${first}-${last.split('.').pop()}`;

/**
 * Folds the layers of long rows by the size of their maps: a convolution belongs to what it makes, what
 * learned nothing (a pooling) to what it reads.
 * @param {Named} named
 * @param {readonly Part[]} parts
 * @param {number} least
 * @returns {Part[]}
 */
function splitRows(named, parts, least) {
  const { layers } = named;
  const sizeAt = (/** @type {number} */ place) => {
    const { parameters, input_shape: read, output_shape: made } = layers[place];
    return (parameters.total > 0 || made.length < 3 ? made : read).slice(1).join();
  };
  return runs(parts, (part) => typeof part === 'number').flatMap((row) => {
    if (typeof row[0] !== 'number' || row.length <= LONG_ROW) return row;
    const places = /** @type {number[]} */ (row);
    return runs(places, sizeAt).flatMap((/** @type {number[]} */ some) => {
      /** @type {Part[]} */
      const alone = some;
      if (some.length < least || some.length === row.length) return alone;
      const key = span(layers[some[0]].name, layers[some[some.length - 1]].name);
      return [foldOf(named, key, some)];
    });
  });
}

/**
 * Equal folds behind each other as one.
 * @param {Named} named
 * @param {readonly Part[]} parts
 * @returns {Part[]}
 */
function joinEqual(named, parts) {
  /** What is equal in equal folds. @param {Part} part */
  const signature = (part) => {
    if (typeof part === 'number') return part;
    return JSON.stringify(
      named.layers
        .slice(part.first, part.last + 1)
        .map(({ kind, settings, input_shapes: shapes, inputs }, at) => {
          const from = inputs.map((name) => Number(named.places.get(name)) - part.first);
          return [kind, settings, shapes, from.map((place) => (place < 0 ? 'before' : at - place))];
        }),
    );
  };
  return runs(parts, signature).flatMap((some) => {
    const [one] = some;
    if (some.length === 1 || typeof one === 'number') return some;
    const last = /** @type {Fold} */ (some[some.length - 1]);
    const key = span(one.key, last.key);
    return { ...foldOf(named, key, some), equal: some.length };
  });
}

/** Every fold, the outer before the inner. @param {readonly Part[]} parts @returns {Fold[]} */
export const everyFold = (parts) =>
  parts.flatMap((part) => (typeof part === 'number' ? [] : [part, ...everyFold(part.parts)]));

/**
 * The folds that a layer lies in, from the outermost on.
 * @param {readonly Layer[]} layers  the input first
 * @param {string} name
 */
export function foldsAround(layers, name) {
  const place = layers.findIndex((layer) => layer.name === name);
  return everyFold(foldsOf(layers)).filter(({ first, last }) => first <= place && place <= last);
}
