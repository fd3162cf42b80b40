import { encodeDrawing } from '../../../core/drawing/drawing_code.js';
import { isEmpty } from '../../../core/drawing/strokes.js';
import { isUsable } from '../../../core/training/moments.js';
import { networkAddress } from '../../../state/train/network_address.js';
import { createShownMoments } from '../../../state/train/shown_moments.js';
import { momentLine } from '../../../views/train/moment_line.js';
import { Instance } from '../../common/instance.js';

/** @import {Training} from '../../../state/train/training.js' */

/**
 * The moments that are looked at: each opens on the Network page with the drawing, and one can be held
 * beside the others.
 * @param {HTMLElement} host
 * @param {Training} training
 */
export function mount(host, training) {
  const instance = new Instance(host, 'moment');
  const { signals, actions } = training;
  const shown = createShownMoments(training);
  const model = () => {
    const drawing = signals.drawing.value;
    const ink = isEmpty(drawing) ? '' : encodeDrawing(drawing);
    return {
      shown: shown.value.map(({ id, name, moment }) => ({
        name,
        address: isUsable(moment) ? networkAddress(id, ink) : '',
        accuracy: moment.val_accuracy,
        loss: moment.val_loss,
      })),
      isHeld: typeof signals.compared.value?.step === 'number',
      canHold: signals.moments.value.length > 1,
    };
  };
  const hold = () => {
    const [run, step] = [signals.run.peek(), signals.step.peek()];
    if (run && step !== null) void actions.compare(run.id, step);
  };
  instance.render(
    model,
    (now) => momentLine(now, { hold, letGo: () => void actions.compare(null) }),
    host,
  );
  return () => instance.end();
}
