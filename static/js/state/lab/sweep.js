// The sweep that is shown: its rows at once where they are few, its pictures once the Lab rests.

import { computed, effect, signal } from '@preact/signals-core';

import { MOST_COMBINATIONS } from '../../core/limits.js';
import { largestOf, outputPicture } from '../../core/take_away/output_picture.js';
import { combinationsOf, sweepOf } from '../../core/sweep/sweep.js';
import { rangesAround } from '../../core/sweep/grid.js';

/**
 * @import {SweepRanges, SweepRow} from '../../core/sweep/sweep.js'
 * @import {Picture} from '../../core/colour.js'
 * @import {LabState} from './store.js'
 * @import {ReadonlySignal, Signal} from '@preact/signals-core'
 */

/** Pictures are made when nothing has changed for this long, or has been changing for longer. */
const REST_MS = 90;
const LONGEST_WAIT_MS = 400;
/** How long rows or pictures are made without a pause. */
const SLICE_MS = 7;
/** Pictures that are made are shown no more often than this: to show them lays out every cell. */
const SHOW_MS = 40;
const FRAME_MS = 17;
/** So many combinations are laid out anew with every change; more of them when it rests. */
const AT_ONCE = 64;

/** The sweep of a Lab. */
export class Sweep {
  /** @param {LabState} lab */
  constructor(lab) {
    /** What the sweep goes through, the present settings among it. */
    this.shownRanges = computed(() => rangesAround(lab.experiment.value, lab.sweepRanges.value));

    /** How many combinations that are, however many are shown. */
    this.combinations = computed(() =>
      combinationsOf(lab.experiment.value, this.shownRanges.value),
    );

    /** Whether there are so few that their rows are made when they are asked for. */
    this.isFew = computed(() => this.combinations.value <= AT_ONCE);

    /** The rows, as far as they have been made. @type {ReadonlySignal<readonly SweepRow[]>} */
    this.sweptRows = computed(() =>
      this.isFew.value
        ? sweepOf(lab.experiment.value, this.shownRanges.value)
        : this.manyRows.value,
    );
  }

  /** Rows of many combinations, made a few at a time. @type {Signal<readonly SweepRow[]>} */
  manyRows = signal([]);

  /**
   * The picture of each output that has been computed, by its row's key.
   * @type {Signal<ReadonlyMap<string, Picture>>}
   */
  sweptPictures = signal(new Map());
}

/** A pause whenever a slice is over, so that nothing else has to wait. @returns {() => Promise<void>} */
function slices() {
  let started = performance.now();
  return async () => {
    if (performance.now() - started < SLICE_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    started = performance.now();
  };
}

/** The ranges in parts whose rows, one part after the other, are those of the whole. @param {SweepRanges} ranges */
function partsOf(ranges) {
  const each = (/** @type {readonly any[] | null} */ values) =>
    values && values.length > 0 ? values.map((value) => [value]) : [values];
  return each(ranges.kernel_size).flatMap((kernel_size) =>
    each(ranges.stride).map((stride) => ({ ...ranges, kernel_size, stride })),
  );
}

/**
 * The rows of a sweep, made in slices; null where it is overtaken.
 * @param {import('../../core/experiment/experiment.js').Experiment} now
 * @param {SweepRanges} ranges
 * @param {AbortSignal} overtaken
 */
async function makeRows(now, ranges, overtaken) {
  /** @type {SweepRow[]} */
  const rows = [];
  const pause = slices();
  for (const part of partsOf(ranges)) {
    if (rows.length >= MOST_COMBINATIONS) break;
    rows.push(...sweepOf(now, part));
    await pause();
    if (overtaken.aborted) return null;
  }
  return rows.slice(0, MOST_COMBINATIONS);
}

/** What a picture is remembered by. @param {SweepRow} row */
export function keyOf({ kernel_size, stride, padding, dilation, ceil_mode }) {
  return JSON.stringify([kernel_size, stride, padding, dilation, ceil_mode]);
}

/** The largest value on the stage: its colour is the full one in every picture, or nearly so. @param {LabState} lab */
function stageLimit(lab) {
  const shown = lab.shownOutcome.peek();
  return shown.kind === 'refused' ? 0 : largestOf(shown.output.data);
}

/**
 * Makes the pictures of rows in slices, so that nothing else has to wait.
 * @param {LabState} lab
 * @param {readonly SweepRow[]} rows
 * @param {number} channel
 * @param {AbortSignal} overtaken
 */
async function makePictures(lab, rows, channel, overtaken) {
  /** @type {Map<string, Picture>} */
  const made = new Map();
  const { sweptPictures } = lab.sweep;
  const limit = stageLimit(lab);
  const pause = slices();
  let shown = performance.now();
  for (const row of rows) {
    if (row.output) made.set(keyOf(row), outputPicture(row.output, channel, limit));
    await pause();
    if (overtaken.aborted) return;
    if (performance.now() - shown < SHOW_MS) continue;
    // What is there already is shown beside the older pictures.
    sweptPictures.value = new Map([...sweptPictures.peek(), ...made]);
    shown = performance.now();
  }
  sweptPictures.value = made;
}

/**
 * Makes the rows where they are not there yet, then their pictures.
 * @param {LabState} lab
 * @param {() => Promise<readonly SweepRow[] | null>} rowsOf
 * @param {number} channel
 * @param {AbortSignal} overtaken
 */
async function makeAll(lab, rowsOf, channel, overtaken) {
  const { manyRows, sweptRows } = lab.sweep;
  const rows = await rowsOf();
  if (!rows) return;
  // Cells that are there change at once; new ones are added a few in each frame.
  let end = sweptRows.peek().length;
  do {
    end = Math.min(rows.length, end + AT_ONCE);
    manyRows.value = end < rows.length ? rows.slice(0, end) : rows;
    await new Promise((resolve) => setTimeout(resolve, end < rows.length ? FRAME_MS : 0));
    if (overtaken.aborted) return;
  } while (end < rows.length);
  await makePictures(lab, rows, channel, overtaken);
}

/** Keeps the rows and their pictures in step. @param {LabState} lab @returns {() => void} stops it */
export function startSweep(lab) {
  const { shownRanges, isFew, sweptRows } = lab.sweep;
  let waitingSince = 0;
  return effect(() => {
    const [now, ranges, channel] = [lab.experiment.value, shownRanges.value, lab.filter.value];
    const areFew = isFew.value;
    const controller = new AbortController();
    waitingSince ||= performance.now();
    const spent = performance.now() - waitingSince;
    const timer = setTimeout(
      () => {
        waitingSince = 0;
        const { signal: overtaken } = controller;
        const rowsOf = async () => (areFew ? sweptRows.peek() : makeRows(now, ranges, overtaken));
        void makeAll(lab, rowsOf, channel, overtaken);
      },
      Math.max(0, Math.min(REST_MS, LONGEST_WAIT_MS - spent)),
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  });
}
