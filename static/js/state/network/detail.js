import { computed, signal } from '@preact/signals-core';

import { partialMaps } from '../../core/maps.js';
import { readSettings } from '../../core/settings.js';
import { mapsOf } from '../../core/tensor.js';
import { traceValue } from '../../core/trace.js';
import { activations, layerNamed, layers, view, weights } from './store.js';
import { shownPosition } from './explained_position.js';

/**
 * @typedef {import('./store.js').Layer} Layer
 * @typedef {import('./store.js').Position} Position
 * @typedef {import('../../core/tensor.js').Tensor} Tensor
 */

/** The input channel whose products are shown; −1: the one with the largest sum. */
export const selectedInput = signal(-1);
/** The term of the formula that is pointed at, there or in the pictures. */
export const litTerm = signal(/** @type {number | null} */ (null));
/** The kernel under the loupe of a layer's wall. */
export const lookedAt = signal(
  /** @type {{layer: string, filter: number, input: number} | null} */ (null),
);
/** Channel sums (contributions) that are listed before the rest is summed up. */
export const LISTED = 9;
/** How many are listed now, the largest first. */
export const listed = signal(LISTED);

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

/** What is explained beside the overview. */
export const detail = computed(() => {
  const position = shownPosition.value;
  return position && explain(position);
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
