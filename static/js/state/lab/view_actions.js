// Changes of what is looked at: pointing, pinning, views, comparison, sweep.

import { batch } from '@preact/signals-core';

import { withOutputGradientCell } from '../../core/experiment/experiment.js';
import { isSamePlace } from '../../core/stage/place.js';
import { change, changes } from './change.js';
import { pause } from './motion.js';

/**
 * @import {Position} from '../../core/experiment/experiment.js'
 * @import {Experiment, LabState, Notice, Place, Shift, SweepRanges} from './store.js'
 */

/** Points at a cell, or at none. @param {LabState} lab @param {Place | null} place */
export function point(lab, place) {
  if (!isSamePlace(place, lab.pointed.value)) lab.pointed.value = place;
}

/** The output channel that a place is about; null where it is about all. @param {Place} place */
function filterOf({ side, channel, filter }) {
  if (side === 'output') return channel;
  return filter ?? null;
}

/** Pins a cell, so that it stays explained; what plays pauses. @param {LabState} lab @param {Place | null} place */
export function pin(lab, place) {
  batch(() => {
    if (place) pause(lab);
    lab.pinned.value = place;
    if (place) lab.chosenFilter.value = filterOf(place) ?? lab.chosenFilter.value;
  });
}

/** @param {LabState} lab */
export function unpin(lab) {
  pin(lab, null);
}

/** Opens one combination of a sweep on the stage, a step for Back. @param {LabState} lab @param {{experiment: Experiment}} row */
export function openSweepRow(lab, row) {
  batch(() => {
    change(lab, row.experiment);
    lab.opened.value += 1;
  });
}

/** @param {LabState} lab @param {SweepRanges} ranges */
export function setSweepRanges(lab, ranges) {
  lab.sweepRanges.value = ranges;
}

/** Shifts the input under the operation, to see the output shift; null: not. @param {LabState} lab @param {Shift | null} shift */
export function setOverlay(lab, shift) {
  lab.overlay.value = shift;
}

/** Lights a setting wherever it stands. @param {LabState} lab @param {string | null} name */
export function light(lab, name) {
  lab.lit.value = name;
}

/** Says something beside a control, until something else happens. @param {LabState} lab @param {Notice | null} next */
export function tell(lab, next) {
  lab.notice.value = next;
}

/** @param {LabState} lab @param {Position} place  in the output @param {number} value */
export function setOutputGradientCell(lab, place, value) {
  const key = `gradient.${place.channel}.${place.row}.${place.column}`;
  if (Number.isFinite(value)) changes(lab, (now) => withOutputGradientCell(now, place, value), key);
}

/** Makes every output value matter alike. @param {LabState} lab */
export function resetOutputGradient(lab) {
  changes(lab, (now) => (now.outputGradient ? { ...now, outputGradient: null } : now));
}
