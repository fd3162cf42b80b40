import '../../elements/image_drop.js';
import '../../elements/value_picture.js';
import { DrawingSurface } from '../../elements/drawing_surface.js';
import { drawingPanel } from '../../views/drawing_panel.js';

/**
 * @import {Stroke} from '../../elements/drawing_surface.js'
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
    classes: signals.outline.value?.classes ?? [],
    busy: signals.isBusy.value || signals.isUploading.value,
    error: signals.uploadError.value,
    notice: signals.uploadNotice.value,
    prefix,
  };
}

/** A paper that shows what is drawn, and on which it is drawn. @param {NetworkInstance} instance */
function startSurface(instance) {
  const { late, network } = instance;
  const { signals, actions } = network;
  const surface = new DrawingSurface();
  /** @type {Record<Stroke['phase'], (stroke: Stroke) => void>} */
  const phases = {
    begin: ({ points = [], at, tool }) => actions.beginStroke(points[0], at, tool),
    extend: ({ points = [], at }) => actions.extendStroke(points, at),
    end: ({ at }) => actions.endStroke([], at),
    cancel: ({ at }) => actions.cancelStroke(at),
  };
  const on = (/** @type {string} */ type, /** @type {(detail: any) => void} */ act) =>
    surface.addEventListener(type, (event) => act(/** @type {CustomEvent} */ (event).detail));
  on('stroke', (/** @type {Stroke} */ stroke) => phases[stroke.phase](stroke));
  on('brush', actions.setBrush);
  on('clear', actions.clear);
  on('undo', actions.undo);
  on('redo', actions.redo);
  instance.effect(() => {
    surface.model = { drawing: signals.drawing.value, brush: signals.brush.value };
  });
  instance.effect(() => {
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
