import { computed, signal } from '@preact/signals-core';

import { placement } from '../core/fit.js';
import { partialMaps } from '../core/maps.js';
import { receptiveBox } from '../core/receptive_field.js';
import { readSettings } from '../core/settings.js';
import { SIDE } from '../core/strokes.js';
import { mapsOf } from '../core/tensor.js';
import { flattenSource } from '../core/trace_dense.js';
import { traceValue } from '../core/trace.js';
import { activations, focus, forward, hover, layerNamed, layers, view, weights } from './store.js';

/**
 * @typedef {import('./store.js').Layer} Layer
 * @typedef {import('./store.js').Position} Position
 * @typedef {import('../core/tensor.js').Tensor} Tensor
 */

/** The input channel whose products are shown; −1: the one with the largest sum. */
export const selectedInput = signal(-1);
/** Whether every channel sum (contribution) is listed, or the largest only. */
export const isListOpen = signal(false);

/**
 * The cell with the largest absolute value of one map.
 * @param {Tensor} tensor
 * @param {number} channel
 */
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
 * The value of a tensor at a position.
 * @param {Tensor} tensor
 * @param {{channel: number, row: number, column: number}} position
 */
export function valueAt({ shape, data }, { channel, row, column }) {
  const { rows, columns } = mapsOf(shape);
  return data[(channel * rows + row) * columns + column];
}

/**
 * Everything about one value of a layer: where it is, what it is made of, what PyTorch says.
 * @param {Position} position
 */
export function explain(position) {
  const layer = layerNamed(position.layer);
  const output = activations.value.get(position.layer);
  if (!layer || !output) return null;
  const input = activations.value.get(layer.inputs[0] ?? '');
  const parameters = weights.value.get(layer.name);
  const trace = input ? traceValue(layer, input, parameters ?? {}, position) : null;
  const torchValue = valueAt(output, position);
  return { layer, position, input, output, parameters, trace, torchValue };
}

/** What is explained beside the overview: the map or unit that is open and one cell of it. */
export const detail = computed(() => {
  const now = view.value;
  if (now.kind !== 'map' && now.kind !== 'cell') return null;
  const output = activations.value.get(now.layer);
  if (!output) return null;
  const at = hover.value;
  const isOnMap = at?.layer === now.layer && at.channel === now.channel;
  const pinned = now.kind === 'cell' ? now : { ...now, ...strongestCell(output, now.channel) };
  const { row, column } = isOnMap ? at : pinned;
  return explain({ layer: now.layer, channel: now.channel, row, column });
});

/** The partial maps of the open map of a convolution. */
export const partials = computed(() => {
  const now = view.value;
  if (now.kind !== 'map' && now.kind !== 'cell') return null;
  const layer = layerNamed(now.layer);
  const weight = weights.value.get(now.layer)?.weight;
  const input = activations.value.get(layer?.inputs[0] ?? '');
  if (layer?.kind !== 'Conv2d' || !weight || !input) return null;
  return partialMaps(input, weight, readSettings(layer.settings), now.channel);
});

/**
 * The layer behind that applies an activation function to a layer's values, if one does.
 * @param {string} name
 */
export function activationBehind(name) {
  return layers.value.find((layer) => layer.kind === 'ReLU' && layer.inputs[0] === name);
}

/** The receptive field of the explained cell in pixels of the prepared image, or null. */
export const receptiveField = computed(() => {
  const at = focus.value ?? detail.value?.position;
  const layer = at && layerNamed(at.layer);
  if (!at || !layer?.receptive_field) return null;
  const isFlat = layer.kind === 'Flatten' && layer.input_shape.length === 3;
  const { row, column } = isFlat ? flattenSource(layer.input_shape, at.channel) : at;
  return receptiveBox(layer.receptive_field, row, column);
});

/** The same box on the drawing, whose side is 280 units, by the preparation's own mapping. */
export const drawingBox = computed(() => {
  const box = receptiveField.value;
  const mapping = forward.value?.document.mapping;
  const source = forward.value?.document.source;
  if (!box || !mapping || !source) return null;
  const { scale, left, top } = placement(source.width, source.height, SIDE);
  const x = (/** @type {number} */ at) => (mapping.x.scale * at + mapping.x.offset) * scale + left;
  const y = (/** @type {number} */ at) => (mapping.y.scale * at + mapping.y.offset) * scale + top;
  return { top: y(box.top), left: x(box.left), bottom: y(box.bottom), right: x(box.right) };
});
