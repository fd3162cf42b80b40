import { effect } from '@preact/signals-core';

import '../../elements/image_drop.js';
import '../../elements/value_picture.js';
import { extremes, largest } from '../../core/range.js';
import { DrawingSurface } from '../../elements/drawing_surface.js';
import { drawingPanel } from '../../views/drawing_panel.js';
import { legend } from '../../views/legend.js';
import { renderInFrames } from '../common/frames.js';

/**
 * @typedef {import('../../state/network/network.js').Network} Network
 * @typedef {import('../../elements/drawing_surface.js').Stroke} Stroke
 */

/** The preparation's steps of the newest answer, their pictures as tensors. @param {Network} network */
function steps({ signals: { drawing, forward } }) {
  const answer = forward.value;
  if (!answer) return [];
  const { base } = drawing.value;
  const original = base?.kind === 'image' ? base.original : undefined;
  return answer.document.steps.flatMap((/** @type {{name: string, detail: string}} */ step) => {
    const image = answer.tensors.get(`steps.${step.name}`);
    if (original && step.name === 'decoded') return [original];
    return image ? [{ name: step.name, detail: step.detail, image }] : [];
  });
}

/** The limit of every layer that has one range for all its maps. @param {Network} network */
const layerLimits = ({ signals: { limits, outputLayer } }) =>
  [...limits.value]
    .filter(([name]) => name !== 'input' && name !== outputLayer.value)
    .map(([name, values]) => ({ name, limit: largest(values) }));

/**
 * The maps with the smallest and the largest range, of the open layer or of all. Units share one.
 * @param {Network} network
 * @param {string | null} layer
 */
const widthsOfMaps = ({ signals: { activations, limits } }, layer) =>
  extremes(
    [...limits.value].filter(
      ([name]) =>
        name !== 'input' &&
        (layer ? name === layer : activations.value.get(name)?.shape.length === 3),
    ),
  );

/**
 * What the printed range belongs to: what is under the pointer or open, else the widest.
 * @param {Network} network
 */
function legendModel(network) {
  const { activations, focus, limits, outputLayer, rangeMode, view } = network.signals;
  const mode = rangeMode.value;
  const layers = layerLimits(network);
  const now = view.value;
  const at = focus.value ?? (now.kind === 'map' ? now : null);
  const layer = at?.layer ?? (now.kind === 'layer' ? now.layer : null);
  const own = layer && layer !== 'input' ? limits.value.get(layer) : undefined;
  const isVolume = !layer || activations.value.get(layer)?.shape.length === 3;
  if (mode === 'map' && !at && isVolume)
    return { mode, layers, limit: 0, of: 'each map its own', maps: widthsOfMaps(network, layer) };
  if (layer && layer === outputLayer.value)
    return { mode, layers, limit: 1, of: layer, isInk: true };
  if (own && layer) {
    const isMap = mode === 'map' && at && isVolume;
    return {
      mode,
      layers,
      limit: isMap ? own[at.channel] : largest(own),
      of: isMap ? `${layer} · map ${at.channel}` : mode === 'network' ? 'whole network' : layer,
    };
  }
  const limit = largest(layers.map((each) => each.limit));
  const widest = layers.find((each) => each.limit === limit)?.name ?? '';
  return { mode, layers, limit, of: mode === 'network' ? 'whole network' : `widest: ${widest}` };
}

/** What ink is once the network's own normalization is done. @param {Network} network */
function fullInk({ signals: { outline } }) {
  const { mean, std } = outline.value?.normalization ?? { mean: [0], std: [1] };
  return largest(mean.map((each, channel) => (1 - each) / std[channel]));
}

/**
 * What the upper panel shows.
 * @param {Network} network
 * @param {DrawingSurface} surface
 */
function panelModel(network, surface) {
  const { signals } = network;
  return {
    surface,
    drawing: signals.drawing.value,
    brush: signals.brush.value,
    canUndo: signals.canUndo.value,
    canRedo: signals.canRedo.value,
    samples: signals.samples.value,
    steps: steps(network),
    // A photograph is prepared in one way only.
    preparation: signals.outline.value?.preparation === 'photo' ? null : signals.preparation.value,
    busy: signals.isBusy.value || signals.isUploading.value,
    error: signals.uploadError.value,
    notice: signals.uploadNotice.value,
    fullInk: fullInk(network),
  };
}

/**
 * A paper that shows what is drawn, and on which it is drawn.
 * @param {Network} network
 * @param {import('./late.js').Late} late
 */
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

/** Numbers that change faster than this cannot be read; to lay them out would only take time. */
const READABLE_MS = 100;

/**
 * Keeps the left panel in step: the drawing above, the colour range below.
 * @param {Network} network
 * @param {import('./late.js').Late} late
 * @param {HTMLElement} upper
 * @param {HTMLElement} lower
 */
export function startPanels(network, late, upper, lower) {
  const { actions } = network;
  const surface = startSurface(network, late);
  upper.replaceChildren();
  renderInFrames(
    () => panelModel(network, surface),
    (model) => drawingPanel(model, actions),
    upper,
  );
  renderInFrames(
    () => legendModel(network),
    (model) => legend(model, actions),
    lower,
    READABLE_MS,
  );
}
