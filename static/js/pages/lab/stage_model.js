import { batch, computed, signal } from '@preact/signals-core';

import { gradients, outcome } from '../../core/experiment/experiment.js';
import { equationOf, placesOfTerm } from '../../core/stage/equation.js';
import { isPadding } from '../../core/stage/walk.js';
import { shifted } from '../../core/compare/shift.js';
import * as actions from '../../state/lab/actions.js';
import { brush } from '../../state/lab/panel.js';
import * as store from '../../state/lab/store.js';

/** @typedef {import('../../core/stage/place.js').Place} Place */

/** A cell of the padding under the pointer, which no setting and no link knows of. */
const padding = signal(/** @type {Place | null} */ (null));
/** The product of the formula that is pointed at. */
export const term = signal(/** @type {number | null} */ (null));
/** How often the planes have been placed. */
export const arrangements = signal(0);
/** Whether cells are large enough for their numbers. */
export const isLarge = signal(false);
/** Whether a finger paints rather than scrolls. */
export const isPainting = signal(false);

/** What the shift of the input does, where one is asked for. */
export const shift = computed(() =>
  store.overlay.value ? shifted(store.experiment.value, store.overlay.value) : null,
);

/** The experiment on the stage: with its input shifted where that is asked for. */
export const staged = computed(() => {
  const experiment = store.experiment.value;
  return shift.value ? { ...experiment, input: shift.value.input } : experiment;
});

/** What is explained. */
const spot = computed(() => padding.value ?? store.spot.value);

/** The output channel whose kernels are shown. */
const filter = computed(() => {
  const place = spot.value;
  if (place?.side === 'output') return place.channel;
  return place?.filter ?? store.filter.value;
});

/** The numbers on the stage; null where nothing can be computed. */
export const planes = computed(() => {
  const experiment = staged.value;
  const found = outcome(experiment);
  if (found.kind === 'refused') return null;
  const see = store.see.value;
  const isBackward = see.kind === 'backward';
  return {
    experiment,
    outcome: found,
    see,
    spot: spot.value,
    gradients: isBackward ? gradients(experiment) : null,
    frame: isBackward ? Infinity : store.playback.value.frame,
    filter: filter.value,
  };
});

/** What the explained place is made of. */
export const equation = computed(() => {
  const now = planes.value;
  return now?.spot ? equationOf(now, now.spot) : null;
});

/** What the stage shows; null where nothing can be computed. */
export const model = computed(() => {
  const now = planes.value;
  if (!now) return null;
  const [explained, pointed] = [equation.value, term.value];
  return {
    ...now,
    isPinned: store.pinned.value !== null,
    lit: store.lit.value,
    marked: explained && pointed !== null ? placesOfTerm(explained, pointed) : [],
    shift: shift.value,
    isLarge: isLarge.value,
    isPainting: isPainting.value,
    brush: brush.value,
  };
});

/** Whether a cell is pointed at, rather than merely the one being made. */
export const isPointed = computed(() => padding.value !== null || store.pointed.value !== null);

/** Whether two are the same cell. @param {Place} one @param {Place} other */
const isSame = (one, other) =>
  /** @type {const} */ (['side', 'channel', 'row', 'column', 'filter']).every(
    (name) => one[name] === other[name],
  );

/** Whether what is explained is pinned, be the pointer on it or elsewhere. */
export const isPinShown = computed(() => {
  const [pinned, explained] = [store.pinned.value, spot.value];
  return pinned !== null && (!isPointed.value || (explained !== null && isSame(explained, pinned)));
});

/** @param {Place | null} place */
export function point(place) {
  batch(() => {
    padding.value = place && isPadding(store.experiment.value, place) ? place : null;
    actions.point(padding.value ? null : place);
  });
}

/** Pins a place, or takes the pin off the pinned one. @param {Place | null} place */
export function pin(place) {
  if (place && isPadding(store.experiment.value, place)) return;
  const now = store.pinned.value;
  actions.pin(place && now && isSame(place, now) ? null : place);
}
