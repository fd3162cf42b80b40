import '../../../elements/image_drop.js';
import '../../../elements/kernel_wall.js';
import '../../../elements/probability_bands.js';
import '../../../elements/value_picture.js';
import * as penKeys from '../../../elements/pen_keys.js';
import { createDigit } from '../../../state/train/digit.js';
import { createShownMoments } from '../../../state/train/shown_moments.js';
import { digitView } from '../../../views/train/digit.js';
import { inSight } from '../../common/in_sight.js';
import { Instance } from '../../common/instance.js';
import { createPaperSurface } from '../../common/paper_surface.js';

/** @import {Training} from '../../../state/train/training.js' */

/** Why nothing reads the drawing. @param {Training} training */
function lackOf({ signals: { id, moments, isLiving } }) {
  if (!id.value || moments.value.length > 0) return '';
  return isLiving.value
    ? 'What the network makes of it is shown once the first moment of the run is kept.'
    : 'No moment of this run was kept: there is no network that could read it.';
}

/**
 * What the panel shows.
 * @param {Training} training
 * @param {ReturnType<typeof createDigit>} digit
 * @param {ReturnType<typeof createShownMoments>} moments
 * @param {Element} surface
 * @returns {import('../../../views/train/digit.js').DigitModel}
 */
function modelOf(training, { signals }, moments, surface) {
  const { paper } = training.signals;
  return {
    surface,
    drawing: paper.drawing.value,
    brush: paper.brush.value,
    canUndo: paper.canUndo.value,
    canRedo: paper.canRedo.value,
    samples: signals.samples.value,
    classes: signals.outline.value?.classes ?? [],
    busy: signals.isUploading.value,
    error: signals.uploadError.value,
    notice: signals.uploadNotice.value,
    read: signals.read.value.flatMap((read) => {
      const [shown, held] = moments.value.filter(({ run }) => run.id === read?.run);
      if (!read || !shown || !signals.outline.value) return [];
      const beside = held?.moment.step ?? null;
      return [{ ...read, title: shown.title, step: shown.moment.step, held: beside }];
    }),
    shown: signals.shown.value.map(({ moment, layer, maps, isOld }) => ({
      name: moment.name,
      layer,
      maps,
      isOld,
    })),
    limit: signals.limit.value,
    lack: lackOf(training),
    failure: signals.failure.value,
  };
}

/**
 * The drawing, and what every moment of the run makes of it.
 * @param {HTMLElement} host
 * @param {Training} training
 */
export function mount(host, training) {
  const instance = new Instance(host, 'digit');
  const { actions, signals } = training;
  const digit = createDigit(training, inSight(host, instance.living));
  const moments = createShownMoments(training);
  instance.atEnd(digit.end);
  const surface = createPaperSurface(signals.paper, actions, (follow) => instance.effect(follow));
  instance.render(
    () => modelOf(training, digit, moments, surface),
    (model) => digitView(model, { ...actions, ...digit.actions }),
    host,
  );
  queueMicrotask(() => surface.learnKeys(penKeys));
  return () => instance.end();
}
