import '../../../elements/kernel_wall.js';
import '../../../elements/value_grid.js';
import { createKernels } from '../../../state/train/kernels.js';
import { kernelsView } from '../../../views/train/kernels.js';
import { Instance } from '../../common/instance.js';

/** @param {ReturnType<typeof createKernels>} kernels @param {import('../../../state/train/training.js').Training} training @returns {import('../../../views/train/kernels.js').KernelsModel} */
function modelOf({ signals }, training) {
  const shown = signals.shown.value;
  return {
    shown: shown.map(({ moment, ...one }) => ({ ...one, name: moment.name })),
    isNamed: training.signals.compared.value !== null,
    layer: signals.shownLayer.value,
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
