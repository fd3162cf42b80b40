import '../../../elements/kernel_wall.js';
import '../../../elements/value_grid.js';
import { isFrozenIn } from '../../../core/training/recipe_words.js';
import { createKernels } from '../../../state/train/kernels.js';
import { kernelsView } from '../../../views/train/kernels.js';
import { Instance } from '../../common/instance.js';

/** The layers whose gradients a run tells of. @param {{id: string}} run @param {import('../../../state/train/training.js').Training} training */
function toldOf({ id }, { signals: { run, curves, compared } }) {
  return (run.value?.id === id ? curves.value : compared.value?.curves)?.layers ?? [];
}

/** @param {ReturnType<typeof createKernels>} kernels @param {import('../../../state/train/training.js').Training} training @returns {import('../../../views/train/kernels.js').KernelsModel} */
function modelOf({ signals }, training) {
  const [shown, layer] = [signals.shown.value, signals.shownLayer.value];
  return {
    shown: shown.map(({ moment, ...one }) => ({
      ...one,
      name: moment.name,
      isFrozen: isFrozenIn(moment.run.recipe, toldOf(moment.run, training), layer),
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
 * @param {import('../../../state/train/training.js').Training} training
 */
export function mount(host, training) {
  const instance = new Instance(host, 'kernels');
  const kernels = createKernels(training);
  instance.atEnd(kernels.end);
  instance.render(
    () => modelOf(kernels, training),
    (model) => kernelsView(model, kernels.actions),
    host,
  );
  return () => instance.end();
}
