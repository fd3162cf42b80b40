// The two sides of a comparison: what stands in the middle, and what stands beside it on its input.
//
// isTwice            signal: whether the compared operation is done twice in a row
// otherChain         the compared operation, or the two of them; none where nothing is compared
// showPair(pair)     shows a ready-made pair
// setOther(next)     other settings beside the present ones
// otherPointed       signal: the cell that is pointed at on the compared side
// otherSpots         what is explained on the compared side, by its place in the chain

import { batch, computed, signal } from '@preact/signals-core';

import { withInput } from '../../core/lab/experiment.js';
import { counterpart, middleOf } from '../../core/lab/counterpart.js';
import { mendedExperiment } from '../../core/lab/mended.js';
import { chainOf } from '../../core/lab/stacked.js';
import { compareWith, point } from './actions.js';
import { change } from './change.js';
import { experiment, other, pointed, see, spot } from './store.js';

/**
 * @typedef {import('../../core/lab/experiment.js').Experiment} Experiment
 * @typedef {import('../../core/lab/place.js').Place} Place
 * @typedef {{at: number, place: Place}} PlaceInChain
 */

/** @type {import('@preact/signals-core').Signal<boolean>} */
export const isTwice = signal(false);

/** What a transposed convolution gives is too large to be spread once more. @param {Experiment} one */
export const canBeTwice = ({ operation }) => operation !== 'conv_transpose2d';

export const otherChain = computed(() => {
  const compared = other.value;
  return compared ? chainOf(compared, isTwice.value && canBeTwice(compared)) : [];
});

/** Shows a ready-made pair. @param {import('../../core/lab/pairs.js').Pair} pair */
export function showPair(pair) {
  const made = pair.make(experiment.value);
  batch(() => {
    change(made.experiment);
    isTwice.value = made.isTwice;
    setOther(made.other);
  });
}

/** Compares with other settings; with the nearest possible ones. @param {Experiment} next */
export function setOther(next) {
  const possible = mendedExperiment(withInput(next, experiment.value.input));
  if (possible) compareWith(possible.experiment);
}

/** @type {import('@preact/signals-core').Signal<PlaceInChain | null>} */
export const otherPointed = signal(null);

/**
 * Points at a cell of the compared side, and at what answers it in the middle.
 * @param {number} at  its place in the chain
 * @param {Place | null} place
 */
export function pointAtOther(at, place) {
  batch(() => {
    otherPointed.value = place && { at, place };
    const chain = otherChain.value;
    const isEnd = at === chain.length - 1;
    const isShared = place && (isEnd ? place.side !== 'input' || at === 0 : place.side === 'input');
    point(isShared ? counterpart(chain[at], experiment.value, place) : null);
  });
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
