import { computed } from '@preact/signals-core';

import { placement } from '../../core/drawing/fit.js';
import { flattenSource } from '../../core/flatten.js';
import { receptiveBox } from '../../core/receptive_field.js';
import { SIDE } from '../../core/drawing/strokes.js';
import { mapsOf } from '../../core/tensor.js';
import { activations, focus, forward, hover, layerNamed, view } from './store.js';

/** @typedef {import('../../core/tensor.js').Tensor} Tensor */

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

/** Whether the network sees nothing but paper, in which no class is worth a highlight. */
export const isBlank = computed(() => {
  const input = activations.value.get('input')?.data;
  return input !== undefined && input.every((value) => value === input[0]);
});

/** The value that is explained beside the overview: of the open map or unit, one cell. */
export const shownPosition = computed(() => {
  const now = view.value;
  if (now.kind !== 'map' && now.kind !== 'cell') return null;
  const output = activations.value.get(now.layer);
  if (!output) return null;
  const at = hover.value;
  const isOnMap = at?.layer === now.layer && at.channel === now.channel;
  const pinned = now.kind === 'cell' ? now : { ...now, ...strongestCell(output, now.channel) };
  const { row, column } = isOnMap ? at : pinned;
  return { layer: now.layer, channel: now.channel, row, column };
});

/** The receptive field of the explained cell in pixels of the prepared image, or null. */
export const receptiveField = computed(() => {
  const at = focus.value ?? shownPosition.value;
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
