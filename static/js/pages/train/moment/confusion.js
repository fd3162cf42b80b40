import '../../../elements/confusion_matrix.js';
import '../../../elements/value_picture.js';
import { createJudgement } from '../../../state/train/judgement.js';
import { networkAddress } from '../../../state/train/network_address.js';
import { confusionView } from '../../../views/train/confusion.js';
import { inSight } from '../../common/in_sight.js';
import { Instance } from '../../common/instance.js';

/** @param {ReturnType<typeof createJudgement>} judgement @param {import('../../../state/train/training.js').Training} training @returns {import('../../../views/train/confusion.js').ConfusionModel} */
function modelOf({ signals }, training) {
  const shown = signals.shown.value;
  return {
    shown: shown.map(({ moment, ...one }, at) => ({
      ...one,
      open: signals.open.value[at],
      name: moment.name,
      mistakes: signals.mistakes.value[at].map(({ ink, ...each }) => ({
        ...each,
        address: ink && networkAddress(moment.id, ink),
      })),
    })),
    isNamed: training.signals.compared.value !== null,
    takenOut: signals.takenOut.value,
    failure: signals.failure.value,
  };
}

/**
 * What the moments that are looked at take for what, and the pictures behind it.
 * @param {HTMLElement} host
 * @param {import('../../../state/train/training.js').Training} training
 */
export function mount(host, training) {
  const instance = new Instance(host, 'confusion');
  const judgement = createJudgement(training, inSight(host, instance.living));
  instance.atEnd(judgement.end);
  instance.render(
    () => modelOf(judgement, training),
    (model) => confusionView(model, judgement.actions),
    host,
  );
  return () => instance.end();
}
