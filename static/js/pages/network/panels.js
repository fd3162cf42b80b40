import { effect } from '@preact/signals-core';
import { render } from 'lit-html';

import { extremes, largest } from '../../core/range.js';
import { brush, canRedo, canUndo, drawing, preparation } from '../../state/network/drawing.js';
import { samples } from '../../state/samples.js';
import {
  activations,
  focus,
  forward,
  isBusy,
  limits,
  outline,
  rangeMode,
  view,
} from '../../state/network/store.js';
import { drawingBox } from '../../state/network/explained_position.js';
import { isUploading, uploadError, uploadNotice } from '../../state/network/upload.js';
import { drawingPanel } from '../../views/drawing_panel.js';
import { legend } from '../../views/legend.js';

/** The preparation's steps of the newest answer, their pictures as tensors. */
function steps() {
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

/** The limit of every layer that has one range for all its maps. */
const layerLimits = () =>
  [...limits.value]
    .filter(([name]) => name !== 'input' && name !== 'softmax')
    .map(([name, values]) => ({ name, limit: largest(values) }));

/**
 * The maps with the smallest and the largest range, of the open layer or of all. Units share one.
 * @param {string | null} layer
 */
const widthsOfMaps = (layer) =>
  extremes(
    [...limits.value].filter(
      ([name]) =>
        name !== 'input' &&
        (layer ? name === layer : activations.value.get(name)?.shape.length === 3),
    ),
  );

/** What the printed range belongs to: what is under the pointer or open, else the widest. */
function legendModel() {
  const mode = rangeMode.value;
  const layers = layerLimits();
  const now = view.value;
  const at = focus.value ?? (now.kind === 'map' ? now : null);
  const layer = at?.layer ?? (now.kind === 'layer' ? now.layer : null);
  const own = layer && layer !== 'input' ? limits.value.get(layer) : undefined;
  const isVolume = !layer || activations.value.get(layer)?.shape.length === 3;
  if (mode === 'map' && !at && isVolume)
    return { mode, layers, limit: 0, of: 'each map its own', maps: widthsOfMaps(layer) };
  if (layer === 'softmax') return { mode, layers, limit: 1, of: layer, isInk: true };
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

/** What ink is once the network's own normalization is done. */
function fullInk() {
  const { mean = [0], std = [1] } = outline.value?.normalization ?? {};
  return (1 - mean[0]) / std[0];
}

/** What the upper panel shows. */
const panelModel = () => ({
  drawing: drawing.value,
  brush: brush.value,
  canUndo: canUndo.value,
  canRedo: canRedo.value,
  samples: samples.value,
  steps: steps(),
  preparation: preparation.value,
  busy: isBusy.value || isUploading.value,
  error: uploadError.value,
  notice: uploadNotice.value,
  box: drawingBox.value,
  fullInk: fullInk(),
});

/** Numbers that change faster than this cannot be read; to lay them out would only take time. */
const READABLE_MS = 100;

/**
 * Renders a template into a place, at most once a frame: a pen moves more often than that.
 * @template T
 * @param {() => T} read  the model; what it reads of the store is what it waits for
 * @param {(model: T) => import('lit-html').TemplateResult} view
 * @param {HTMLElement} host
 * @param {number} [restMs]  time between two renderings at least
 */
function renderInFrames(read, view, host, restMs = 0) {
  let isQueued = false;
  let renderedAt = -Infinity;
  /** @type {T} */
  let model;
  const renderInFrame = () =>
    requestAnimationFrame((now) => {
      isQueued = false;
      renderedAt = now;
      render(view(model), host);
    });
  effect(() => {
    model = read();
    if (isQueued) return;
    isQueued = true;
    const wait = restMs - (performance.now() - renderedAt);
    if (wait > 0) setTimeout(renderInFrame, wait);
    else renderInFrame();
  });
}

/**
 * Keeps the left panel in step: the drawing above, the colour range below.
 * @param {HTMLElement} upper
 * @param {HTMLElement} lower
 */
export function startPanels(upper, lower) {
  upper.replaceChildren();
  renderInFrames(panelModel, drawingPanel, upper);
  renderInFrames(legendModel, legend, lower, READABLE_MS);
}
