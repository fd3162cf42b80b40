// What the Lab shows: a few signals that hold immutable values, everything else computed from them.
// Written by actions alone.

import { computed, signal } from '@preact/signals-core';

import { outcome } from '../../core/experiment/experiment.js';
import { frameCount, isThere, placeOfFrame } from '../../core/stage/place.js';
import { outChannelsOf } from '../../core/experiment/shapes.js';
import { experiment } from './history.js';

export { canRedo, canUndo, experiment } from './history.js';

/**
 * @typedef {import('../../core/experiment/experiment.js').Experiment} Experiment
 * @typedef {import('../../core/experiment/experiment.js').Values} Values
 * @typedef {import('../../core/stage/place.js').Place} Place
 * @typedef {import('../../core/stage/place.js').See} See
 * @typedef {import('../../core/stage/playback.js').Playback} Playback
 * @typedef {{readonly rows: number, readonly columns: number}} Shift
 *
 * What a sweep goes through; null where the setting stays as it is.
 * @typedef {import('../../core/sweep/sweep.js').SweepRanges} SweepRanges
 *
 * What was changed on the way to something possible: which setting, and why.
 * @typedef {{readonly field: string, readonly sentence: string}} Notice
 */

/** The compared experiment as it was set; its input is always that of `experiment`.
 * @type {import('@preact/signals-core').Signal<Experiment | null>} */
export const other = signal(null);

/** @type {import('@preact/signals-core').Signal<See>} */
export const see = signal({ kind: 'forward' });

/** The filter (output channel) that is looked at. @type {import('@preact/signals-core').Signal<number>} */
export const chosenFilter = signal(0);

/** The cell under the pointer or the keyboard. @type {import('@preact/signals-core').Signal<Place | null>} */
export const pointed = signal(null);

/** @type {import('@preact/signals-core').Signal<Place | null>} */
export const pinned = signal(null);

/** How playing was begun; at rest, the frame it stands at. Infinity: all of it has been played.
 * @type {import('@preact/signals-core').Signal<Playback>} */
export const played = signal({ frame: Infinity, isPlaying: false, speed: 1 });

/** A shift of the input that is laid over it, to see the output shift. @type {import('@preact/signals-core').Signal<Shift | null>} */
export const overlay = signal(null);

/** The shipped photograph that was chosen; null: the usual one, or the reader's own.
 * @type {import('@preact/signals-core').Signal<string | null>} */
export const photoName = signal(null);

/** What a sweep goes through unless told. @type {SweepRanges} */
export const USUAL_RANGES = {
  kernel_size: null,
  stride: [1, 2, 3, 4],
  padding: [0, 1, 2, 'same'],
  dilation: null,
  ceil_mode: null,
};

/** @type {import('@preact/signals-core').Signal<SweepRanges>} */
export const sweepRanges = signal(USUAL_RANGES);

/** How many combinations of sweeps were opened: each is a step for Back. */
export const opened = signal(0);

/** The setting that a formula or a control has lit, in PyTorch's word. @type {import('@preact/signals-core').Signal<string | null>} */
export const lit = signal(null);

/** @type {import('@preact/signals-core').Signal<Notice | null>} */
export const notice = signal(null);

/** The output, or why there is none. */
export const shownOutcome = computed(() => outcome(experiment.value));

/** How many steps the operation takes as it is seen. */
export const frames = computed(() => frameCount(experiment.value, see.value));

/** Playing, with a frame that is there. @type {import('@preact/signals-core').ReadonlySignal<Playback>} */
export const playback = computed(() => {
  const { frame, isPlaying, speed } = played.value;
  return { frame: Math.min(frame, Math.max(0, frames.value - 1)), isPlaying, speed };
});

/** The filter that is looked at, where there is one of that number. */
export const filter = computed(() =>
  Math.min(chosenFilter.value, outChannelsOf(experiment.value) - 1),
);

/** What is explained: the cell under the pointer, else the pinned one, else the one being made. */
export const spot = computed(() => {
  const now = experiment.value;
  const chosen = [pointed.value, pinned.value].find((place) => place && isThere(now, place));
  return chosen ?? placeOfFrame(now, see.value, playback.value.frame, filter.value);
});
