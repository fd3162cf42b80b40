import '../../../elements/image_drop.js';
import '../../../elements/value_picture.js';
import * as penKeys from '../../../elements/pen_keys.js';
import { ROOT } from '../../../api/root.js';
import { exportPath } from '../../../state/train/data_set_api.js';
import { dataSetsOf } from '../../../state/train/data_sets.js';
import { dataView } from '../../../views/train/data.js';
import { Instance } from '../../common/instance.js';
import { createPaperSurface } from '../../common/paper_surface.js';

/**
 * @import {Training} from '../../../state/train/training.js'
 * @import {Shown} from '../../../core/training/data_set.js'
 */

/**
 * What the section shows.
 * @param {Training} training
 * @param {ReturnType<typeof dataSetsOf>} sets
 * @param {Element} surface
 * @returns {import('../../../views/train/data.js').DataModel}
 */
function modelOf({ signals: { recipe, refusals, shortage } }, { signals }, surface) {
  const { paper, takenOut } = signals;
  const chosen = recipe.value.dataset;
  return {
    cards: signals.cards.value,
    chosen,
    samples: signals.samples.value,
    shortage: shortage.value,
    takenOut: takenOut.value.filter(({ set }) => set === chosen).length,
    refusal: refusals.value.get('dataset'),
    problem: signals.problem.value,
    progress: signals.progress.value,
    label: signals.label.value,
    isBusy: signals.isBusy.value,
    removed: signals.removed.value,
    exportAt: `${ROOT}api/v1${exportPath(chosen)}`,
    surface,
    drawing: paper.drawing.value,
    brush: paper.brush.value,
    canUndo: paper.canUndo.value,
    canRedo: paper.canRedo.value,
  };
}

/**
 * What the next run learns from, and what one collects oneself.
 * @param {HTMLElement} host
 * @param {Training} training
 */
export function mount(host, training) {
  const instance = new Instance(host, 'data');
  const sets = dataSetsOf(training);
  const surface = createPaperSurface(sets.signals.paper, sets.actions, (follow) =>
    instance.effect(follow),
  );
  const { takeOut, putBack } = sets.actions;
  const chosen = () => training.signals.recipe.peek().dataset;
  const actions = {
    ...sets.actions,
    takeOut: (/** @type {Shown} */ shown) => sets.actions.trying(() => takeOut(chosen(), shown)),
    putBack: () => sets.actions.trying(() => putBack(chosen())),
  };
  instance.render(
    () => modelOf(training, sets, surface),
    (model) => dataView(model, actions),
    host,
  );
  queueMicrotask(() => surface.learnKeys(penKeys));
  void sets.actions.refresh();
  return () => instance.end();
}
