import { batch, computed, signal } from '@preact/signals-core';

import { isSamePlace } from '../../core/stage/place.js';
import { equationOf, placesOfTerm } from '../../core/stage/equation.js';
import { planesModel } from '../../core/stage/planes_model.js';
import { isPadding } from '../../core/stage/walk.js';
import { shifted } from '../../core/compare/shift.js';

/**
 * @import {Place} from '../../core/stage/place.js'
 * @import {Lab} from '../../state/lab/lab.js'
 * @import {Signal} from '@preact/signals-core'
 */

/** What the stage of a Lab shows, and what of it no setting and no link knows. */
export class Stage {
  #lab;

  /** @param {Lab} lab */
  constructor({ signals, actions }) {
    this.#lab = signals;
    this.actions = actions;
  }

  /** A cell of the padding under the pointer. @type {Signal<Place | null>} */
  padding = signal(null);

  /** The product of the formula that is pointed at. @type {Signal<number | null>} */
  term = signal(null);

  /** How often the planes have been placed. */
  arrangements = signal(0);

  /** Whether cells are large enough for their numbers. */
  isLarge = signal(false);

  /** Whether a finger paints rather than scrolls. */
  isPainting = signal(false);

  /** What the shift of the input does, where one is asked for. */
  shift = computed(() => {
    const { experiment, overlay } = this.#lab;
    return overlay.value ? shifted(experiment.value, overlay.value) : null;
  });

  /** The experiment on the stage: with its input shifted where that is asked for. */
  staged = computed(() => {
    const experiment = this.#lab.experiment.value;
    return this.shift.value ? { ...experiment, input: this.shift.value.input } : experiment;
  });

  /** What is explained. */
  spot = computed(() => this.padding.value ?? this.#lab.spot.value);

  /** The numbers on the stage; null where nothing can be computed. */
  planes = computed(() => {
    const { see, playback, filter } = this.#lab;
    return planesModel(this.staged.value, {
      see: see.value,
      spot: this.spot.value,
      frame: playback.value.frame,
      filter: filter.value,
    });
  });

  /** What the explained place is made of. */
  equation = computed(() => {
    const now = this.planes.value;
    return now?.spot ? equationOf(now, now.spot) : null;
  });

  /** What the stage shows; null where nothing can be computed. */
  model = computed(() => {
    const now = this.planes.value;
    if (!now) return null;
    const pointed = this.term.value;
    const explained = pointed === null ? null : this.equation.value;
    return {
      ...now,
      isPinned: this.#lab.pinned.value !== null,
      lit: this.#lab.lit.value,
      marked: explained && pointed !== null ? placesOfTerm(explained, pointed) : [],
      shift: this.shift.value,
      isLarge: this.isLarge.value,
      isPainting: this.isPainting.value,
      brush: this.#lab.panel.brush.value,
    };
  });

  /** Whether a cell is pointed at, rather than merely the one being made. */
  isPointed = computed(() => this.padding.value !== null || this.#lab.pointed.value !== null);

  /** Whether what is explained is pinned, be the pointer on it or elsewhere. */
  isPinShown = computed(() => {
    const [pinned, explained] = [this.#lab.pinned.value, this.spot.value];
    return pinned !== null && (!this.isPointed.value || isSamePlace(explained, pinned));
  });

  /** @param {Place | null} place */
  point(place) {
    const isOutside = place !== null && isPadding(this.#lab.experiment.value, place);
    batch(() => {
      this.padding.value = isOutside ? place : null;
      this.actions.point(isOutside ? null : place);
    });
  }

  /** Pins a place, or takes the pin off the pinned one. @param {Place | null} place */
  pin(place) {
    if (place && isPadding(this.#lab.experiment.value, place)) return;
    const now = this.#lab.pinned.value;
    this.actions.pin(place && isSamePlace(place, now) ? null : place);
  }
}
