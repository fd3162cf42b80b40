// The two sides of a comparison: what stands in the middle, and what stands beside it on its input.
//
// isTwice            signal: whether the compared operation is done twice in a row
// otherChain         the compared operation, or the two of them; none where nothing is compared
// showPair(pair)     shows a ready-made pair
// pairRefusals       why a ready-made pair cannot be shown on the present input, for each in its place
// shownPair          the ready-made pair, as long as neither side has been changed
// setOther(next)     other settings beside the present ones
// pointAtOther(at, place), pinAtOther(at, place)    a cell of the compared side
// otherSpots         what is explained on the compared side, by its place in the chain

import { batch, computed, signal } from '@preact/signals-core';

import { withInput } from '../../core/experiment/experiment.js';
import { counterpart, middleOf } from '../../core/compare/counterpart.js';
import { pairRefusal, PAIRS } from '../../core/compare/pairs.js';
import { mendedExperiment } from '../../core/experiment/nearest_experiment.js';
import { chainOf } from '../../core/compare/stack.js';
import { compareWith, finish, pin, point } from './actions.js';
import { operationOf } from '../../core/operations/registry.js';
import { change } from './change.js';
import { experiment, other, pointed, see, spot } from './store.js';

/**
 * @typedef {import('../../core/experiment/experiment.js').Experiment} Experiment
 * @typedef {import('../../core/stage/place.js').Place} Place
 * @typedef {{at: number, place: Place}} PlaceInChain
 */

/** @type {import('@preact/signals-core').Signal<boolean>} */
export const isTwice = signal(false);

/** What a transposed convolution gives is too large to be spread once more. @param {Experiment} one */
export const canBeTwice = (one) => !operationOf(one).isTransposed;

export const otherChain = computed(() => {
  const compared = other.value;
  return compared ? chainOf(compared, isTwice.value && canBeTwice(compared)) : [];
});

/**
 * The pair that was shown last, and what it was.
 * @typedef {import('../../core/compare/pairs.js').Pair} Pair
 * @type {import('@preact/signals-core').Signal<{pair: Pair, sides: readonly unknown[]} | null>}
 */
const lastPair = signal(null);

const sidesNow = () => [experiment.value.settings, other.value?.settings, isTwice.value];

/** Shows a ready-made pair. @param {Pair} pair */
export function showPair(pair) {
  const made = pair.make(experiment.value);
  batch(() => {
    change(made.experiment);
    isTwice.value = made.isTwice;
    setOther(made.other);
    finish();
    lastPair.value = { pair, sides: sidesNow() };
  });
}

const inputShape = computed(() => experiment.value.input.shape.join());

/** It follows from the shape of the input alone. */
export const pairRefusals = computed(() => {
  void inputShape.value;
  const now = experiment.peek();
  return PAIRS.map((pair) => pairRefusal(pair, now));
});

export const shownPair = computed(() => {
  const [last, now] = [lastPair.value, sidesNow()];
  const isShown = see.value.kind === 'compare' && last?.sides.every((side, at) => side === now[at]);
  return last && isShown ? last.pair : null;
});

/** Compares with other settings; with the nearest possible ones. @param {Experiment} next */
export function setOther(next) {
  const possible = mendedExperiment(withInput(next, experiment.value.input));
  if (possible) compareWith(possible.experiment);
}

/** @type {import('@preact/signals-core').Signal<PlaceInChain | null>} */
const otherPointed = signal(null);

/**
 * What answers a cell of the compared side in the middle; null where nothing does.
 * @param {number} at  its place in the chain
 * @param {Place | null} place
 */
function answerTo(at, place) {
  const chain = otherChain.value;
  if (!place) return null;
  // Of two in a row the input is that of the first, the output that of the second.
  const isShared = place.side === 'input' ? at === 0 : at === chain.length - 1;
  return isShared ? counterpart(chain[at], experiment.value, place) : null;
}

/**
 * Points at a cell of the compared side, and at what answers it in the middle.
 * @param {number} at  its place in the chain
 * @param {Place | null} place
 */
export function pointAtOther(at, place) {
  batch(() => {
    otherPointed.value = place && { at, place };
    point(answerTo(at, place));
  });
}

/**
 * Pins what answers a cell of the compared side.
 * @param {number} at  its place in the chain
 * @param {Place | null} place
 */
export function pinAtOther(at, place) {
  pin(answerTo(at, place));
}

/** What is explained on the compared side, for each operation of the chain. */
export const otherSpots = computed(() => {
  const chain = otherChain.value;
  const [here, now] = [otherPointed.value, experiment.value];
  /** @type {(Place | null)[]} */
  const spots = chain.map((_, at) => (here?.at === at ? here.place : null));
  const last = chain.length - 1;
  const shared = pointed.value ?? spot.value;
  if (!here && shared && last >= 0) {
    const at = shared.side === 'input' ? 0 : last;
    spots[at] = counterpart(now, chain[at], shared);
  }
  // Of two in a row, the first shows how the middle of the second one's window came about.
  if (last === 1 && spots[1] && !spots[0]) spots[0] = middleOf(chain[1], see.value, spots[1]);
  return spots;
});
