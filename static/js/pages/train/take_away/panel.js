import { computed } from '@preact/signals-core';

import { ROOT } from '../../../api/root.js';
import { recipeOf } from '../../../core/training/recipe.js';
import { takeAway } from '../../../views/train/take_away.js';
import { Copying } from '../../common/clipboard.js';
import { Instance } from '../../common/instance.js';
import { saveCurves } from './save_curves.js';

/** What of a run can be taken away, and under which name it is kept. @type {import('../instance.js').Part['mount']} */
export const mount = (host, training) => {
  const { signals, actions } = training;
  const instance = new Instance(host, 'take-away');
  const copying = new Copying();
  const recipeText = () => JSON.stringify(recipeOf(signals.run.peek()?.recipe ?? {}), null, 2);
  // No step changes them.
  const title = computed(() => signals.run.value?.title ?? '');
  const hasCurves = computed(() => signals.curves.value.count > 0);
  instance.render(
    () => ({
      run: signals.id.value,
      title: title.value,
      step: signals.step.value,
      hasCurves: hasCurves.value,
      address: `${ROOT}api/v1/runs/${signals.id.value}`,
      copying: copying.of(signals.id.value ?? ''),
      copyRecipe: () => void copying.copy(recipeText(), signals.id.peek() ?? ''),
      save: (/** @type {'csv' | 'png' | 'svg'} */ kind) => void saveCurves(kind, signals),
      name: actions.nameRun,
    }),
    takeAway,
    host,
  );
  return () => instance.end();
};
