// What a network of many layers, or of many values, needs beside: its stages fold, and of its values only
// those are sent that are looked at: small pictures of what is in sight, whole what is opened or pointed at.

import { columnsOf } from '../../core/layers/columns.js';
import { everyFold, foldsAround, foldsOf } from '../../core/layers/folds.js';
import { graphOf } from '../../core/graph.js';
import { takeApart } from './request.js';

/**
 * @import {Tensor, TensorFile} from '../../core/tensor.js'
 * @import {Layer} from '../../core/graph.js'
 * @import {Forward, Shown, Store, View} from './store.js'
 *
 * What is wanted of a network: the layers that are sent whole and small, the side of a small map, and whether
 * the range of all layers is wanted.
 * @typedef {{whole: readonly string[], small: readonly string[], side: number, hasRange: boolean}} Wanted
 */

/** Fewer layers stand beside each other as they are. */
const FOLDED_FROM = 22;
/** Columns that are asked for before it is known which are in sight. */
const FIRST_COLUMNS = 24;
/** The side of a small map, and where the network is enlarged. */
const SIDES = { usual: 28, enlarged: 56 };
const ENLARGED_FROM = 2;
/** So many values of layers that are no longer looked at are kept. */
const KEPT_VALUES = 6_000_000;

/** @param {readonly Layer[]} layers  the input among them */
const isFolded = (layers) => layers.length > FOLDED_FROM;

/** @param {readonly Layer[]} layers @param {ReadonlySet<string>} unfolded */
export const foldedView = (layers, unfolded) =>
  isFolded(layers) ? columnsOf(layers, unfolded) : { columns: layers, brackets: [] };

/** The keys of the stages that a layer lies in. @param {readonly Layer[]} layers @param {string} name */
export const keysAround = (layers, name) =>
  isFolded(layers) ? foldsAround(layers, name).map(({ key }) => key) : [];

/** The keys of a stage and of those in it. @param {readonly Layer[]} layers @param {string} key */
export const keysWithin = (layers, key) =>
  everyFold(foldsOf(layers))
    .filter((fold) => fold.key === key)
    .flatMap((fold) => everyFold([fold]).map((one) => one.key));

/** The keys of all stages. @param {readonly Layer[]} layers */
export const allKeys = (layers) =>
  isFolded(layers) ? everyFold(foldsOf(layers)).map(({ key }) => key) : [];

/** @param {readonly {name: string}[]} some */
const namesOf = (some) => some.map(({ name }) => name);

/** A layer and what it reads. @param {readonly Layer[]} layers @param {string} name */
const around = (layers, name) => [name, ...namesOf(graphOf(layers).predecessors(name))];

/**
 * The layers that a view tells of in numbers: what is open, what that reads, and what of a map goes on behind it.
 * @param {readonly Layer[]} layers
 * @param {View} view
 */
export function shownIn(layers, view) {
  if (!('layer' in view)) return [];
  const graph = graphOf(layers);
  const isVector = (graph.layer(view.layer)?.output_shape.length ?? 0) < 3;
  if (view.kind === 'layer') return isVector ? around(layers, view.layer) : [view.layer];
  const behind = graph.successors(view.layer).filter(({ inputs }) => inputs.length === 1);
  return [...around(layers, view.layer), ...namesOf(behind)];
}

/** What is wanted of the network now. @param {Shown} store @returns {Wanted} */
export function wantedOf(store) {
  const { folded, hover, inSight, layers, opened, outputLayer, rangeMode, zoom } = store;
  const seen =
    inSight.value ?? folded.value.columns.slice(0, FIRST_COLUMNS).map(({ name }) => name);
  const isThere = (/** @type {string} */ name) => name !== 'input';
  const pointed = hover.value ? around(layers.value, hover.value.layer) : [];
  const looked = [...shownIn(layers.value, opened.value), ...pointed].filter(isThere);
  const order = layers.value.map(({ name }) => name);
  const output = outputLayer.value || (order[order.length - 1] ?? '');
  const sorted = (/** @type {readonly string[]} */ names) =>
    [...new Set(names)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return {
    whole: sorted([...looked, output]),
    small: sorted(seen.filter(isThere)),
    side: zoom.value >= ENLARGED_FROM ? SIDES.enlarged : SIDES.usual,
    hasRange: rangeMode.value === 'network',
  };
}

/**
 * What is to be asked now; null where all that is wanted is there.
 * @param {Store & import('./paper.js').Paper} signals
 * @returns {import('./request.js').Question | null}
 */
export function questionOf(signals) {
  const { changed, forward, preparation } = signals;
  const [of, prepared] = [changed.value, preparation.value];
  const wanted = wantedOf(signals);
  /** What is there of the same picture. */
  const haveNow = () => {
    const have = forward.value;
    const isSame = have?.of === of && have.preparation === prepared && have.side === wanted.side;
    return have?.isExact && isSame ? have : null;
  };
  const have = haveNow();
  const missing = missingOf(wanted, have);
  return (
    missing && {
      parameters: {
        layers: missing.whole.join(','),
        thumbnails: missing.small.join(','),
        side: String(missing.side),
        range: String(missing.hasRange),
        // How the same picture was prepared is known.
        ...(have ? { steps: 'none' } : {}),
      },
      isFollowing: have !== null,
      isPart: have !== null && missing.small.length === 0,
      take: (answer, isInBytes) => ({
        ...withAnswer(answer, isInBytes, haveNow(), wanted),
        preparation: prepared,
        side: wanted.side,
      }),
    }
  );
}

/**
 * What of that is to be asked for next, or null. What was opened comes by itself, and the small pictures of
 * what has come into sight around it behind it.
 * @param {Wanted} wanted
 * @param {Forward | null} have  what is there of the same picture
 * @returns {Wanted | null}
 */
function missingOf(wanted, have) {
  if (!have) return wanted;
  const isFresh = !wanted.hasRange || have.document.range;
  const whole = wanted.whole.filter((name) => !have.tensors.has(name));
  const isThere = (/** @type {string} */ name) => have.tensors.has(name) || have.small?.has(name);
  const small = wanted.small.filter((name) => !isThere(name));
  if (isFresh && whole.length === 0 && small.length === 0) return null;
  // A question names one layer at least.
  return {
    ...wanted,
    hasRange: !isFresh,
    ...(whole.length ? { whole, small: [] } : { whole: wanted.whole.slice(-1), small }),
  };
}

/** What the pictures of the preparation's steps are called. @param {{steps?: readonly {name: string}[]}} document */
const stepsOf = ({ steps = [] }) => steps.map(({ name }) => `steps.${name}`);

/**
 * What is there once an answer has come: of the same picture what was there before stays, as far as there is
 * room for it.
 * @param {TensorFile} answer
 * @param {boolean} isInBytes
 * @param {Forward | null} have
 * @param {Wanted} wanted
 */
function withAnswer(answer, isInBytes, have, wanted) {
  const { tensors, small } = takeApart(answer, isInBytes);
  if (!have) return { document: answer.document, tensors, small };
  const document = { ...have.document, range: answer.document.range ?? have.document.range };
  const wholeOnes = [...wanted.whole, ...stepsOf(document)];
  const isWanted = (/** @type {string} */ name) =>
    wholeOnes.includes(name) || wanted.small.includes(name);
  let room = KEPT_VALUES;
  const stays = (/** @type {string} */ name, /** @type {Tensor} */ { data }) => {
    if (isWanted(name)) return true;
    room -= data.length;
    return room > 0;
  };
  return {
    document,
    tensors: new Map([...[...have.tensors].filter(([name, one]) => stays(name, one)), ...tensors]),
    small: new Map([
      ...[...(have.small ?? [])].filter(([name, { picture }]) => stays(name, picture)),
      ...small,
    ]),
  };
}

/** The limits of maps that are here in small only, and of all layers. @param {Forward | null} forward */
export function knownLimits(forward) {
  const { minimum = 0, maximum = 0 } = forward?.document.range ?? {};
  return {
    maps: new Map([...(forward?.small ?? [])].map(([name, { limits }]) => [name, limits])),
    whole: Math.max(Math.abs(minimum), Math.abs(maximum)),
  };
}
