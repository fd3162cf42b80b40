import { computed, signal } from '@preact/signals-core';

import { placement } from '../../core/drawing/fit.js';
import { SIDE } from '../../core/drawing/strokes.js';
import { flattenSource } from '../../core/layers/flatten.js';
import { mapsOf } from '../../core/tensor.js';
import { graphOf } from '../../core/graph.js';
import { explainValue } from '../../core/layers/explain.js';
import { kindOf } from '../../core/layers/registry.js';
import { wiringOf } from '../../core/layers/wiring.js';
import { receptiveBox } from '../../core/receptive_field.js';
import { layerNamed } from './store.js';

/**
 * @import {Tensor} from '../../core/tensor.js'
 * @import {Position, Store} from './store.js'
 * @typedef {ReturnType<typeof createDetail>} Detail
 */

/** The cell with the largest absolute value of one map. @param {Tensor} tensor @param {number} channel */
function strongestCell(tensor, channel) {
  const { rows, columns } = mapsOf(tensor.shape);
  const start = channel * rows * columns;
  let best = 0;
  for (let i = 1; i < rows * columns; i += 1) {
    if (Math.abs(tensor.data[start + i]) > Math.abs(tensor.data[start + best])) best = i;
  }
  return { row: Math.floor(best / columns), column: best % columns };
}

/**
 * Everything about one value of a layer: where it is, what it is made of, what PyTorch says.
 * @param {Store} store
 * @param {Position} position
 */
export const explain = ({ layers, activations, weights }, position) =>
  explainValue(graphOf(layers.value), activations.value, weights.value, position);

/** The value that is explained beside the overview: of the open map or unit, one cell. @param {Store} store */
function shownPosition({ activations, hover, view }) {
  const now = view.value;
  if (now.kind !== 'map' && now.kind !== 'cell') return null;
  const output = activations.value.get(now.layer);
  if (!output) return null;
  const at = hover.value;
  const isOnMap = at?.layer === now.layer && at.channel === now.channel;
  const pinned = now.kind === 'cell' ? now : { ...now, ...strongestCell(output, now.channel) };
  const { row, column } = isOnMap ? at : pinned;
  return { layer: now.layer, channel: now.channel, row, column };
}

/**
 * The receptive field of a cell on the drawing, whose side is 280 units, by the preparation's own
 * mapping, or null.
 * @param {Store} store
 * @param {Position | null} at
 */
function drawingBox(store, at) {
  const layer = at && layerNamed(store, at.layer);
  const { mapping, source } = store.forward.value?.document ?? {};
  if (!at || !layer?.receptive_field || !mapping || !source) return null;
  const isFlat = wiringOf(layer).isFolded && layer.input_shape.length === 3;
  const { row, column } = isFlat ? flattenSource(layer.input_shape, at.channel) : at;
  const box = receptiveBox(layer.receptive_field, row, column);
  const { scale, left, top } = placement(source.width, source.height, SIDE);
  const x = (/** @type {number} */ px) => (mapping.x.scale * px + mapping.x.offset) * scale + left;
  const y = (/** @type {number} */ px) => (mapping.y.scale * px + mapping.y.offset) * scale + top;
  return { top: y(box.top), left: x(box.left), bottom: y(box.bottom), right: x(box.right) };
}

/** The open map before its channels are summed, where it is a sum of channels. @param {Store} store */
function partialsOf(store) {
  const now = store.view.value;
  if (now.kind !== 'map' && now.kind !== 'cell') return null;
  const explained = explain(store, { ...now, row: 0, column: 0 });
  return explained?.trace ? (explained.kind.partials?.(explained, now.channel) ?? null) : null;
}

/** What explains the values of a network on show; it comes behind the first picture. @param {Store} store */
export function createDetail(store) {
  const position = computed(() => shownPosition(store));
  return {
    /** The input channel whose products are shown; −1: the one with the largest sum. */
    selectedInput: signal(-1),
    /** The term of the formula that is pointed at, there or in the pictures. */
    litTerm: signal(/** @type {number | null} */ (null)),
    /** The kernel under the loupe of a layer's wall. */
    lookedAt: signal(
      /** @type {{network: string, layer: string, filter: number, input: number} | null} */ (null),
    ),
    /** How many terms of a sum are listed, the largest first; 0: as many as usual. */
    listed: signal(0),
    /** What is explained beside the overview. */
    detail: computed(() => position.value && explain(store, position.value)),
    partials: computed(() => partialsOf(store)),
    /** The receptive field of the explained cell on the drawing. */
    drawingBox: computed(() => drawingBox(store, store.focus.value ?? position.value)),
  };
}

/**
 * The layer behind that applies an activation function to a layer's values, if one does.
 * @param {Store} store
 * @param {string} name
 */
export const activationBehind = ({ layers }, name) =>
  graphOf(layers.value)
    .successors(name)
    .find((layer) => kindOf(layer).activation);
