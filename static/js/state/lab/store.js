// What a Lab shows: a few signals that hold immutable values, everything else computed from them.
// Written by actions alone.

import { computed, signal } from '@preact/signals-core';

import { EXAMPLE, outcome } from '../../core/experiment/experiment.js';
import { outChannelsOf } from '../../core/experiment/shapes.js';
import { frameCount, isThere, placeOfFrame } from '../../core/stage/place.js';
import { Undo } from '../undo.js';
import { WAITING } from './check.js';
import { ComparisonState } from './comparison_state.js';
import { Memory } from './memory.js';
import { PanelState } from './panel_state.js';
import { Sweep } from './sweep.js';

/**
 * @import {Signal} from '@preact/signals-core'
 * @import {Playback} from '../../core/stage/playback.js'
 * @typedef {import('../../core/experiment/experiment.js').Experiment} Experiment
 * @typedef {import('../../core/stage/place.js').Place} Place
 * @typedef {import('../../core/stage/place.js').See} See
 * @typedef {{readonly rows: number, readonly columns: number}} Shift
 *
 * What a sweep goes through; null where the setting stays as it is.
 * @typedef {import('../../core/sweep/sweep.js').SweepRanges} SweepRanges
 *
 * What was changed on the way to something possible: which setting, and why.
 * @typedef {{readonly field: string, readonly sentence: string}} Notice
 */

/** What a sweep goes through unless told. @type {SweepRanges} */
export const USUAL_RANGES = {
  kernel_size: null,
  stride: [1, 2, 3, 4],
  padding: [0, 1, 2, 'same'],
  dilation: null,
  ceil_mode: null,
};

/** Experiments that undo can go back to. */
const REMEMBERED = 100;

/** All that one Lab knows. */
export class LabState {
  /** @param {Experiment} [initial] */
  constructor(initial = EXAMPLE) {
    /** The experiments that were shown. @type {Undo<Experiment>} */
    this.experiments = new Undo(initial, REMEMBERED);
    this.experiment = this.experiments.present;
    this.canUndo = this.experiments.canUndo;
    this.canRedo = this.experiments.canRedo;
  }

  /** What the present experiment was made from. */
  memory = new Memory();

  /** What the controls themselves are set to. */
  panel = new PanelState(this);

  /** The Lab beside this one, on the same input. @type {Signal<LabState | null>} */
  other = signal(null);

  /** How the two are looked at together. */
  comparison = new ComparisonState(this);

  /** @type {Signal<See>} */
  see = signal({ kind: 'forward' });

  /** The filter (output channel) that is looked at. @type {Signal<number>} */
  chosenFilter = signal(0);

  /** The cell under the pointer or the keyboard. @type {Signal<Place | null>} */
  pointed = signal(null);

  /** @type {Signal<Place | null>} */
  pinned = signal(null);

  /**
   * How playing was begun; at rest, the frame it stands at. Infinity: all of it has been played.
   * @type {Signal<Playback>}
   */
  played = signal({ frame: Infinity, isPlaying: false, speed: 1 });

  /** A shift of the input that is laid over it, to see the output shift. @type {Signal<Shift | null>} */
  overlay = signal(null);

  /** The shipped photograph that was chosen; null: the usual one, or the reader's own. @type {Signal<string | null>} */
  photoName = signal(null);

  /** @type {Signal<SweepRanges>} */
  sweepRanges = signal(USUAL_RANGES);

  sweep = new Sweep(this);

  /** How many combinations of sweeps were opened: each is a step for Back. */
  opened = signal(0);

  /** The setting that a formula or a control has lit, in PyTorch's word. @type {Signal<string | null>} */
  lit = signal(null);

  /** @type {Signal<Notice | null>} */
  notice = signal(null);

  /** PyTorch's own numbers of the output. @type {Signal<import('./check.js').Check>} */
  check = signal(WAITING);

  /**
   * PyTorch's own gradients; null where the API gives none.
   * @type {Signal<import('./gradient_check.js').GradientCheck | null>}
   */
  gradientCheck = signal(null);

  /** The output, or why there is none. */
  shownOutcome = computed(() => outcome(this.experiment.value));

  /** How many steps the operation takes as it is seen. */
  frames = computed(() => frameCount(this.experiment.value, this.see.value));

  /** Playing, with a frame that is there. @type {import('@preact/signals-core').ReadonlySignal<Playback>} */
  playback = computed(() => {
    const { frame, isPlaying, speed } = this.played.value;
    return { frame: Math.min(frame, Math.max(0, this.frames.value - 1)), isPlaying, speed };
  });

  /** The filter that is looked at, where there is one of that number. */
  filter = computed(() =>
    Math.min(this.chosenFilter.value, outChannelsOf(this.experiment.value) - 1),
  );

  /** What is explained: the cell under the pointer, else the pinned one, else the one being made. */
  spot = computed(() => {
    const now = this.experiment.value;
    const chosen = [this.pointed.value, this.pinned.value].find(
      (place) => place && isThere(now, place),
    );
    return (
      chosen ?? placeOfFrame(now, this.see.value, this.playback.value.frame, this.filter.value)
    );
  });
}
