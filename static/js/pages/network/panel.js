import { effect } from '@preact/signals-core';

import '../../elements/image_drop.js';
import '../../elements/value_picture.js';
import { DrawingSurface } from '../../elements/drawing_surface.js';
import { drawingPanel } from '../../views/drawing_panel.js';
import { renderInFrames } from '../common/frames.js';

/**
 * @import {Stroke} from '../../elements/drawing_surface.js'
 * @import {Network} from '../../state/network/network.js'
 * @import {Late} from './late.js'
 */

/** What the upper panel shows. @param {Network} network @param {Late} late @param {DrawingSurface} surface */
function panelModel(network, late, surface) {
  const { signals } = network;
  return {
    surface,
    pieces: late.value?.page.paperPieces(network),
    drawing: signals.drawing.value,
    brush: signals.brush.value,
    canUndo: signals.canUndo.value,
    canRedo: signals.canRedo.value,
    samples: signals.samples.value,
    busy: signals.isBusy.value || signals.isUploading.value,
    error: signals.uploadError.value,
    notice: signals.uploadNotice.value,
  };
}

/** A paper that shows what is drawn, and on which it is drawn. @param {Network} network @param {Late} late */
function startSurface({ signals: { brush, drawing }, actions }, late) {
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
  effect(() => {
    surface.model = { drawing: drawing.value, brush: brush.value };
  });
  effect(() => {
    surface.box = late.value?.detail.drawingBox.value ?? null;
  });
  return surface;
}

/**
 * Keeps the upper panel in step.
 * @param {Network} network
 * @param {Late} late
 * @param {HTMLElement} host
 */
export function startPanel(network, late, host) {
  const surface = startSurface(network, late);
  host.replaceChildren();
  renderInFrames(
    () => panelModel(network, late, surface),
    (model) => drawingPanel(model, network.actions),
    host,
  );
}
