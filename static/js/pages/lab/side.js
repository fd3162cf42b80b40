import { signal } from '@preact/signals-core';

import '../../elements/value_picture.js';
import { gridsOf } from '../../core/sweep/grid.js';
import { keyOf, startSweep } from '../../state/lab/sweep.js';
import { compareView } from '../../views/lab/compare.js';
import { sweepView } from '../../views/lab/sweep.js';
import { takeAwayView } from '../../views/lab/take_away.js';
import { factsOf } from './compare.js';
import { TakeAway } from './take_away.js';

/** @import {LabInstance} from './instance.js' */

/** The sweep's model: what a Lab sweeps, and what of it is looked at. @param {LabInstance} instance */
function sweepModelOf({ id, lab: { signals } }) {
  /** Whether the ranges of the sweep can be seen. */
  const isChoosing = signal(false);
  /** Why the combination that is pointed at is impossible. */
  const told = signal('');
  return () => {
    const rows = signals.sweep.sweptRows.value;
    const pictures = signals.sweep.sweptPictures.value;
    const experiment = signals.experiment.value;
    const padding = JSON.stringify(experiment.settings.padding);
    const shown = rows.filter(({ isShown }) => isShown);
    return {
      id,
      experiment,
      ranges: signals.sweepRanges.value,
      grids: gridsOf(rows),
      combinations: signals.sweep.combinations.value,
      pictureOf: (/** @type {import('../../core/sweep/sweep.js').SweepRow} */ row) => {
        const picture = pictures.get(keyOf(row)) ?? null;
        const [height, width] = row.output_size ?? [];
        return picture?.rows === height && picture?.columns === width ? picture : null;
      },
      // The same window may stand there twice, as padding 1 and as padding same.
      shown: shown.find((row) => JSON.stringify(row.padding) === padding) ?? shown[0],
      largest: Math.max(1, ...rows.flatMap(({ output_size: size }) => size ?? [])),
      told: told.value,
      isOnPhoto: signals.see.value.kind === 'image',
      isChoosing: isChoosing.value,
      choose: () => (isChoosing.value = !isChoosing.value),
      tell: (/** @type {string} */ sentence) => (told.value = sentence),
    };
  };
}

/** @param {LabInstance} instance */
function compareModel({ id, lab: { signals, actions } }) {
  const { shownPair, pairRefusals } = signals.comparison;
  return {
    id,
    facts: factsOf(signals),
    shown: shownPair.value,
    refusals: pairRefusals.value,
    show: actions.showPair,
    begin: () => actions.compareWith(signals.experiment.value),
    end: () => actions.compareWith(null),
  };
}

/** The side of a Lab: sweep, compare, take away. @param {LabInstance} instance @param {HTMLElement} place */
export function startSide(instance, place) {
  const { signals, actions } = instance.lab;
  place.classList.add('lab-side');
  place.replaceChildren();
  const [sweepModel, takeAway] = [sweepModelOf(instance), new TakeAway(instance)];
  instance.atEnd(startSweep(signals));
  const part = (/** @type {string} */ name) => instance.part(place, `side-part is-${name}`);
  instance.render(sweepModel, (model) => sweepView(model, actions), part('sweep'));
  instance.render(() => compareModel(instance), compareView, part('compare'));
  instance.render(() => takeAway.model(), takeAwayView, part('away'));
}
