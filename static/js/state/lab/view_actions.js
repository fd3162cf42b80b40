// Changes of what is looked at: pointing, pinning, views, comparison, sweep.

import { batch } from '@preact/signals-core';

import { withInput, withOutputGradientCell } from '../../core/experiment/experiment.js';
import { seeKindsOf } from '../../core/stage/place.js';
import { change, changes } from './change.js';
import { experiment } from './history.js';
import { finish, pause } from './motion.js';
import {
  chosenFilter,
  lit,
  notice,
  opened,
  other,
  overlay,
  pinned,
  pointed,
  see,
  sweepRanges,
} from './store.js';

/**
 * @typedef {import('./store.js').Experiment} Experiment
 * @typedef {import('./store.js').Place} Place
 * @typedef {import('./store.js').See} See
 */

/** @param {Place | null} one @param {Place | null} two */
function isSame(one, two) {
  if (!one || !two) return one === two;
  const names = /** @type {const} */ (['side', 'channel', 'row', 'column', 'filter']);
  return names.every((name) => one[name] === two[name]);
}

/** Points at a cell, or at none. @param {Place | null} place */
export function point(place) {
  if (!isSame(place, pointed.value)) pointed.value = place;
}

/** The output channel that a place is about; null where it is about all. @param {Place} place */
function filterOf({ side, channel, filter }) {
  if (side === 'output') return channel;
  return filter ?? null;
}

/** Pins a cell, so that it stays explained; what plays pauses. @param {Place | null} place */
export function pin(place) {
  batch(() => {
    if (place) pause();
    pinned.value = place;
    if (place) chosenFilter.value = filterOf(place) ?? chosenFilter.value;
  });
}

export function unpin() {
  pin(null);
}

/** Looks at another filter. @param {number} number */
export function chooseFilter(number) {
  chosenFilter.value = Math.max(0, number);
}

/** Shows another view of the operation. @param {See} next */
export function setSee(next) {
  if (!seeKindsOf(experiment.value.operation).includes(next.kind)) return;
  batch(() => {
    if (next.kind === see.value.kind) return;
    if (next.kind === 'compare' && !other.value) other.value = experiment.value;
    see.value = next;
    finish();
  });
}

/** Compares with other settings on the same input; with none, where null. @param {Experiment | null} next */
export function compareWith(next) {
  batch(() => {
    other.value = next;
    if (next) see.value = { kind: 'compare' };
    else if (see.value.kind === 'compare') {
      see.value = { kind: seeKindsOf(experiment.value.operation)[0] };
    }
  });
}

/** Brings the compared experiment to the input that is shown. */
export function pullOther() {
  const [compared, { input }] = [other.peek(), experiment.value];
  if (compared && compared.input !== input) other.value = withInput(compared, input);
}

/** Puts the compared experiment in the middle, and the one there beside it. */
export function swapOther() {
  const compared = other.value;
  if (!compared) return;
  const now = experiment.value;
  batch(() => {
    if (change(withInput(compared, now.input))) other.value = now;
  });
}

/** Opens one combination of a sweep on the stage, a step for Back. @param {{experiment: Experiment}} row */
export function openSweepRow(row) {
  batch(() => {
    change(row.experiment);
    opened.value += 1;
  });
}

/** @param {import('./store.js').SweepRanges} ranges */
export function setSweepRanges(ranges) {
  sweepRanges.value = ranges;
}

/** Shifts the input under the operation, to see the output shift; null: not. @param {import('./store.js').Shift | null} shift */
export function setOverlay(shift) {
  overlay.value = shift;
}

/** Lights a setting wherever it stands. @param {string | null} name */
export function light(name) {
  lit.value = name;
}

/** Says something beside a control, until something else happens. @param {import('./store.js').Notice | null} next */
export function tell(next) {
  notice.value = next;
}

/**
 * @param {import('../../core/experiment/experiment.js').Position} place  in the output
 * @param {number} value
 */
export function setOutputGradientCell(place, value) {
  const key = `gradient.${place.channel}.${place.row}.${place.column}`;
  if (Number.isFinite(value)) changes((now) => withOutputGradientCell(now, place, value), key);
}

/** Makes every output value matter alike. */
export function resetOutputGradient() {
  changes((now) => (now.outputGradient ? { ...now, outputGradient: null } : now));
}
