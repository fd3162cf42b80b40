// The two Labs of a comparison: what stands in the middle, and what stands beside it on its input.

import { batch } from '@preact/signals-core';

import { counterpart } from '../../core/compare/counterpart.js';
import { PAIRS } from '../../core/compare/pairs.js';
import { withInput } from '../../core/experiment/experiment.js';
import { seeKindsOf } from '../../core/stage/place.js';
import { change } from './change.js';
import { finish } from './motion.js';
import { labOn, leavePair, showPair } from './pair.js';
import { pin, point } from './view_actions.js';

/**
 * @import {Place} from '../../core/stage/place.js'
 * @import {Experiment, LabState, See} from './store.js'
 */

/**
 * Compares with other settings on the same input; with none, where null.
 * @param {LabState} lab
 * @param {Experiment | null} next
 */
export function compareWith(lab, next) {
  if (!next) return endComparison(lab);
  batch(() => {
    const { input } = lab.experiment.value;
    const wanted = next.input === input ? next : withInput(next, input);
    if (lab.other.value) change(lab.other.value, wanted);
    else lab.other.value = labOn(wanted);
    lab.comparison.opened = null;
    lab.see.value = { kind: 'compare' };
  });
}

/** @param {LabState} lab */
function endComparison(lab) {
  leavePair(lab, () => {
    lab.other.value = null;
    lab.comparison.isBesideSet.value = false;
    if (lab.see.value.kind === 'compare') {
      lab.see.value = { kind: seeKindsOf(lab.experiment.value.operation)[0] };
    }
  });
}

/** The pair that was shown last, or the first of those that the input has room for. @param {LabState} lab */
function pairToOpen({ comparison: { pairName, pairRefusals } }) {
  const possible = PAIRS.filter((_, at) => pairRefusals.value[at] === null);
  return possible.find(({ name }) => name === pairName.value) ?? possible[0];
}

/** Opens the comparison on a pair that shows something; on two equal sides where there is none. @param {LabState} lab */
function openComparison(lab) {
  const pair = pairToOpen(lab);
  if (pair) showPair(lab, pair);
  else compareWith(lab, lab.experiment.value);
}

/** Shows another view of the operation. @param {LabState} lab @param {See} next */
export function setSee(lab, next) {
  const kinds = seeKindsOf(lab.experiment.value.operation);
  if (!kinds.includes(next.kind) || next.kind === lab.see.value.kind) return;
  batch(() => {
    if (lab.see.value.kind === 'compare') leavePair(lab, () => show(lab, next));
    else if (next.kind === 'compare' && !lab.other.value) openComparison(lab);
    else lab.see.value = next;
    finish(lab);
  });
}

/** Shows a view, where the operation that is given back has it; else the usual one. @param {LabState} lab @param {See} next */
function show(lab, next) {
  const kinds = seeKindsOf(lab.experiment.value.operation);
  lab.see.value = kinds.includes(next.kind) ? next : { kind: kinds[0] };
}

/** Puts beside what is shown the compared side of the pair that was shown last. @param {LabState} lab */
export function compareUnnamed(lab) {
  const now = lab.experiment.value;
  const made = pairToOpen(lab)?.make(now);
  lab.comparison.isTwice.value = made?.isTwice ?? false;
  compareWith(lab, made?.other ?? now);
}

/** Says whether the compared operation is done twice in a row. @param {LabState} lab @param {boolean} isTwice */
export function setTwice(lab, isTwice) {
  lab.comparison.isTwice.value = isTwice;
}

/** Chooses which of the two the controls set. @param {LabState} lab @param {boolean} isBeside */
export function controlBeside(lab, isBeside) {
  lab.comparison.isBesideSet.value = isBeside;
}

/** Puts the compared experiment in the middle, and the one there beside it. @param {LabState} lab */
export function swapOther(lab) {
  const beside = lab.other.value;
  if (!beside) return;
  const [one, two] = [lab.experiment.value, beside.experiment.value];
  batch(() => {
    // Undo knows a step by its experiment: what was shown before is shown as another.
    if (change(lab, { ...two })) change(beside, one);
  });
}

/**
 * What answers a cell of the compared side in the middle; null where nothing does.
 * @param {LabState} lab
 * @param {number} at  its place in the chain
 * @param {Place | null} place
 */
function answerTo(lab, at, place) {
  const chain = lab.comparison.otherChain.value;
  if (!place) return null;
  // Of two in a row the input is that of the first, the output that of the second.
  const isShared = place.side === 'input' ? at === 0 : at === chain.length - 1;
  return isShared ? counterpart(chain[at], lab.experiment.value, place) : null;
}

/**
 * Points at a cell of the compared side, and at what answers it in the middle.
 * @param {LabState} lab
 * @param {number} at  its place in the chain
 * @param {Place | null} place
 */
export function pointAtOther(lab, at, place) {
  batch(() => {
    lab.comparison.otherPointed.value = place && { at, place };
    point(lab, answerTo(lab, at, place));
  });
}

/**
 * Pins what answers a cell of the compared side.
 * @param {LabState} lab
 * @param {number} at  its place in the chain
 * @param {Place | null} place
 */
export function pinAtOther(lab, at, place) {
  pin(lab, answerTo(lab, at, place));
}
