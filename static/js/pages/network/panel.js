import '../../elements/image_drop.js';
import '../../elements/value_picture.js';
import { drawingPanel } from '../../views/drawing_panel.js';
import { createPaperSurface } from '../common/paper_surface.js';

/**
 * @import {DrawingSurface} from '../../elements/drawing_surface.js'
 * @import {NetworkInstance} from './instance.js'
 */

/** What the upper panel shows. @param {NetworkInstance} instance @param {DrawingSurface} surface */
function panelModel({ late, network, prefix }, surface) {
  const { signals } = network;
  return {
    surface,
    pieces: late.value?.page.paperPieces(network),
    drawing: signals.drawing.value,
    brush: signals.brush.value,
    canUndo: signals.canUndo.value,
    canRedo: signals.canRedo.value,
    samples: signals.samples.value,
    sampleKind: signals.sampleKind.value,
    classes: signals.outline.value?.classes ?? [],
    busy: signals.isBusy.value || signals.isUploading.value,
    error: signals.uploadError.value,
    notice: signals.uploadNotice.value,
    prefix,
  };
}

/** The paper; what is pointed at in the maps is marked on it. @param {NetworkInstance} instance */
function startSurface(instance) {
  const { late, network } = instance;
  const follow = (/** @type {() => void} */ act) => instance.effect(act);
  const surface = createPaperSurface(network.signals, network.actions, follow);
  follow(() => {
    surface.box = late.value?.detail.drawingBox.value ?? null;
  });
  return surface;
}

/** Keeps the upper panel in step. @param {NetworkInstance} instance */
export function startPanel(instance) {
  const surface = startSurface(instance);
  const place = instance.place('panel');
  place.replaceChildren();
  instance.render(
    () => panelModel(instance, surface),
    (model) => drawingPanel(model, instance.network.actions),
    place,
  );
}
