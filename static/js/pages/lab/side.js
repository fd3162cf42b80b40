import { signal } from '@preact/signals-core';

import '../../elements/value_picture.js';
import { gridsOf } from '../../core/sweep/grid.js';
import { compareWith } from '../../state/lab/actions.js';
import { pairRefusals, shownPair, showPair } from '../../state/lab/comparison.js';
import { experiment, see, sweepRanges } from '../../state/lab/store.js';
import {
  combinations,
  keyOf,
  startSweep,
  sweptPictures,
  sweptRows,
} from '../../state/lab/sweep.js';
import { compareView } from '../../views/lab/compare.js';
import { sweepView } from '../../views/lab/sweep.js';
import { takeAwayView } from '../../views/lab/take_away.js';
import { comparedFacts, startCompare } from './compare.js';
import { renderInFrames } from '../common/frames.js';
import { takeAwayModel } from './take_away.js';

/** Whether the ranges of the sweep can be seen. */
const isChoosing = signal(false);
/** Why the combination that is pointed at is impossible. */
const told = signal('');

function sweepModel() {
  const rows = sweptRows.value;
  const pictures = sweptPictures.value;
  const padding = JSON.stringify(experiment.value.settings.padding);
  const shown = rows.filter(({ isShown }) => isShown);
  return {
    experiment: experiment.value,
    ranges: sweepRanges.value,
    grids: gridsOf(rows),
    combinations: combinations.value,
    pictureOf: (/** @type {import('../../core/sweep/sweep.js').SweepRow} */ row) => {
      const picture = pictures.get(keyOf(row)) ?? null;
      const [height, width] = row.output_size ?? [];
      return picture?.rows === height && picture?.columns === width ? picture : null;
    },
    // The same window may stand there twice, as padding 1 and as padding same.
    shown: shown.find((row) => JSON.stringify(row.padding) === padding) ?? shown[0],
    largest: Math.max(1, ...rows.flatMap(({ output_size: size }) => size ?? [])),
    told: told.value,
    isOnPhoto: see.value.kind === 'image',
    isChoosing: isChoosing.value,
    choose: () => (isChoosing.value = !isChoosing.value),
    tell: (/** @type {string} */ sentence) => (told.value = sentence),
  };
}

function compareModel() {
  return {
    facts: comparedFacts.value,
    shown: shownPair.value,
    refusals: pairRefusals.value,
    show: showPair,
    begin: () => compareWith(experiment.value),
    end: () => compareWith(null),
  };
}

/**
 * The side of the Lab: sweep, compare, take away.
 * @param {HTMLElement} host
 */
export function startSide(host) {
  host.classList.add('lab-side');
  const [sweep, compare, away] = ['sweep', 'compare', 'away'].map((name) => {
    const part = document.createElement('div');
    part.className = `side-part is-${name}`;
    return part;
  });
  host.replaceChildren(sweep, compare, away);
  startSweep();
  renderInFrames(sweepModel, sweepView, sweep);
  renderInFrames(compareModel, compareView, compare);
  renderInFrames(takeAwayModel, takeAwayView, away);
  startCompare();
}
