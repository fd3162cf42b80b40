import { computed, signal } from '@preact/signals-core';

import { counterpart, middleOf } from '../../core/compare/counterpart.js';
import { pairRefusal, PAIRS } from '../../core/compare/pairs.js';
import { chainOf } from '../../core/compare/stack.js';
import { operationOf } from '../../core/operations/registry.js';

/**
 * @import {Signal} from '@preact/signals-core'
 * @import {Pair} from '../../core/compare/pairs.js'
 * @import {Experiment} from '../../core/experiment/experiment.js'
 * @import {Place} from '../../core/stage/place.js'
 * @import {Step} from './around.js'
 * @import {LabState} from './store.js'
 * @typedef {{at: number, place: Place}} PlaceInChain
 * @typedef {{pair: Pair, sides: readonly unknown[]}} ShownPair
 *
 * What stood there before a pair was opened, and what the pair brought in its place.
 * @typedef {object} Opened
 * @property {Experiment} experiment
 * @property {LabState | null} other
 * @property {boolean} isTwice
 * @property {{sides: readonly Experiment[], isTwice: boolean}} brought
 */

/** What a transposed convolution gives is too large to be spread once more. @param {Experiment} one */
const canBeTwice = (one) => !operationOf(one).isTransposed;

/** How a Lab is looked at together with the one beside it. */
export class ComparisonState {
  #lab;

  /** @param {LabState} lab */
  constructor(lab) {
    this.#lab = lab;
  }

  /** Whether the compared operation is done twice in a row. */
  isTwice = signal(false);

  /** Whether the controls of the page set the Lab beside. */
  isBesideSet = signal(false);

  /** The pair that a comparison opens on: the one shown last. @type {Signal<string>} */
  pairName = signal(PAIRS[0].name);

  /** The pair that was shown last, and what it was. @type {Signal<ShownPair | null>} */
  lastPair = signal(null);

  /** The pair that is open over what the reader had; null where none is. @type {Opened | null} */
  opened = null;

  /** The steps that changed more than the experiment which they brought. @type {WeakMap<Experiment, Step>} */
  steps = new WeakMap();

  /** A cell of the compared side under the pointer. @type {Signal<PlaceInChain | null>} */
  otherPointed = signal(null);

  /** The compared experiment; null where nothing is compared. */
  #compared = computed(() => this.#lab.other.value?.experiment.value ?? null);

  isShown = computed(() => this.#lab.see.value.kind === 'compare' && this.#compared.value !== null);

  canBeTwice = computed(() => this.#compared.value !== null && canBeTwice(this.#compared.value));

  /** The compared operation, or the two of them; none where nothing is compared. */
  otherChain = computed(() => {
    const compared = this.#compared.value;
    return compared ? chainOf(compared, this.isTwice.value && this.canBeTwice.value) : [];
  });

  /** What the two sides are. */
  sides = computed(() => [
    this.#lab.experiment.value.settings,
    this.#compared.value?.settings,
    this.isTwice.value,
  ]);

  #inputShape = computed(() => this.#lab.experiment.value.input.shape.join());

  /** Why a ready-made pair cannot be shown on the present input, for each; it follows from its shape alone. */
  pairRefusals = computed(() => {
    void this.#inputShape.value;
    const now = this.#lab.experiment.peek();
    return PAIRS.map((pair) => pairRefusal(pair, now));
  });

  /** The ready-made pair, as long as neither side has been changed. */
  shownPair = computed(() => {
    const [last, now] = [this.lastPair.value, this.sides.value];
    const isSame = last?.sides.every((side, at) => side === now[at]);
    return last && isSame && this.#lab.see.value.kind === 'compare' ? last.pair : null;
  });

  /** What is explained on the compared side, for each operation of the chain. */
  otherSpots = computed(() => {
    const [chain, here] = [this.otherChain.value, this.otherPointed.value];
    /** @type {(Place | null)[]} */
    const spots = chain.map((_, at) => (here?.at === at ? here.place : null));
    const last = chain.length - 1;
    const shared = this.#lab.pointed.value ?? this.#lab.spot.value;
    if (!here && shared && last >= 0) {
      const at = shared.side === 'input' ? 0 : last;
      spots[at] = counterpart(this.#lab.experiment.value, chain[at], shared);
    }
    // Of two in a row, the first shows how the middle of the second one's window came about.
    if (last === 1 && spots[1] && !spots[0]) {
      spots[0] = middleOf(chain[1], this.#lab.see.value, spots[1]);
    }
    return spots;
  });
}
