import { computed } from '@preact/signals-core';

import '../../../elements/kernel_wall.js';
import '../../../elements/value_grid.js';
import { isFrozenIn } from '../../../core/training/recipe_words.js';
import { createKernels } from '../../../state/train/kernels.js';
import { kernelsView } from '../../../views/train/kernels.js';
import { inSight } from '../../common/in_sight.js';
import { Instance } from '../../common/instance.js';

/** @typedef {import('../../../state/train/training.js').Training} Training */

/** Tells of which layers' gradients a run tells. @param {Training} training @returns {(run: {id: string}) => readonly string[]} */
function createTold({ signals: { id: shown, curves, compared } }) {
  const layers = computed(() => curves.value.layers);
  return ({ id }) => (shown.value === id ? layers.value : (compared.value?.curves.layers ?? []));
}

/** @param {ReturnType<typeof createKernels>} kernels @param {Training} training @param {ReturnType<typeof createTold>} toldOf @returns {import('../../../views/train/kernels.js').KernelsModel} */
function modelOf({ signals }, training, toldOf) {
  const [shown, layer] = [signals.shown.value, signals.shownLayer.value];
  return {
    shown: shown.map(({ moment, ...one }) => ({
      ...one,
      name: moment.name,
      isFrozen: isFrozenIn(moment.run.recipe, toldOf(moment.run), layer),
    })),
    isNamed: training.signals.compared.value !== null,
    layer,
    layers: signals.layers.value,
    weightLimit: signals.weightLimit.value,
    gradientLimit: signals.gradientLimit.value,
    isOwnRange: signals.isOwnRange.value,
    rangeCount: signals.rangeCount.value,
    pointed: signals.pointed.value,
    images: shown[0]?.images ?? 0,
    failure: signals.failure.value,
  };
}

/**
 * The kernels of a layer, and their gradients, at the moments that are looked at.
 * @param {HTMLElement} host
 * @param {Training} training
 */
export function mount(host, training) {
  const instance = new Instance(host, 'kernels');
  const kernels = createKernels(training, inSight(host, instance.living));
  const toldOf = createTold(training);
  instance.atEnd(kernels.end);
  instance.render(
    () => modelOf(kernels, training, toldOf),
    (model) => kernelsView(model, kernels.actions),
    host,
  );
  return () => instance.end();
}
