import { computed, signal } from '@preact/signals-core';

import { rangeLimits } from '../../core/range.js';

/**
 * What is open: one value, so two things are never open at once.
 * @typedef {{kind: 'overview'}
 *   | {kind: 'layer', layer: string}
 *   | {kind: 'map', layer: string, channel: number}
 *   | {kind: 'cell', layer: string, channel: number, row: number, column: number}} View
 *
 * @typedef {{layer: string, channel: number, row: number, column: number}} Position
 *
 * @typedef {import('../../core/tensor.js').Tensor} Tensor
 * @typedef {import('../../core/range.js').RangeMode} RangeMode
 *
 * A layer of the outline as the API gives it.
 * @typedef {object} Layer
 * @property {string} name
 * @property {string} kind
 * @property {Record<string, any>} settings
 * @property {string[]} inputs
 * @property {number[]} input_shape
 * @property {number[]} output_shape
 * @property {{weight: number, bias: number, total: number, expression: string}} parameters
 * @property {number} multiply_accumulates
 * @property {{size: number[], stride: number[], padding: number[]} | null} receptive_field
 * @property {{height: any, width: any} | null} output_size
 *
 * @typedef {{name: string, title: string, classes: string[], input_shape: number[],
 *   parameters: number, multiply_accumulates: number, accuracy: number | null,
 *   normalization?: {mean: number[], std: number[]},
 *   layers: Layer[]}} Outline
 *
 * A forward pass's answer: the document and every tensor by name.
 * @typedef {{document: any, tensors: Map<string, Tensor>, isExact: boolean, of: {at: number}}} Forward
 *   of: the change of the drawing that it answers
 *
 * @typedef {{weight: Tensor, bias: Tensor | null}} Weights
 */

/** The network's name. @type {import('@preact/signals-core').Signal<string>} */
export const network = signal('mycnn');

/** @type {import('@preact/signals-core').Signal<Outline | null>} */
export const outline = signal(null);

/** @type {import('@preact/signals-core').Signal<Forward | null>} */
export const forward = signal(null);

/** @type {import('@preact/signals-core').Signal<ReadonlyMap<string, Weights>>} */
export const weights = signal(new Map());

/** @type {import('@preact/signals-core').Signal<View>} */
export const view = signal({ kind: 'overview' });

/** What the pointer or the keyboard is on. @type {import('@preact/signals-core').Signal<Position | null>} */
export const hover = signal(null);

/** @type {import('@preact/signals-core').Signal<RangeMode>} */
export const rangeMode = signal('layer');

/** 1: the whole network fits. @type {import('@preact/signals-core').Signal<number>} */
export const zoom = signal(1);

/** What went wrong last, in a sentence. @type {import('@preact/signals-core').Signal<string | null>} */
export const failure = signal(null);

/** Whether a forward pass takes longer than a moment. @type {import('@preact/signals-core').Signal<boolean>} */
export const isBusy = signal(false);

/** Whether what is shown is no longer what is drawn. @type {import('@preact/signals-core').Signal<boolean>} */
export const isOutdated = signal(false);

/** The input as the outline's first entry, so that it is drawn as the layers are. */
export const layers = computed(() => {
  const known = outline.value;
  if (!known) return [];
  /** @type {Layer} */
  const input = {
    name: 'input',
    kind: 'Input',
    settings: {},
    inputs: [],
    input_shape: known.input_shape,
    output_shape: known.input_shape,
    parameters: { weight: 0, bias: 0, total: 0, expression: '0' },
    multiply_accumulates: 0,
    receptive_field: null,
    output_size: null,
  };
  return [input, ...known.layers];
});

/** Every layer's activation by name, the input included. */
export const activations = computed(() => {
  const answer = forward.value;
  /** @type {Map<string, Tensor>} */
  const found = new Map();
  if (!answer) return found;
  for (const { name } of layers.value) {
    const tensor = answer.tensors.get(name);
    if (tensor) found.set(name, tensor);
  }
  return found;
});

/** The colour range of every map. */
export const limits = computed(() => rangeLimits(activations.value, rangeMode.value));

/** The cell that is explained: the one under the pointer, else the pinned one. */
export const focus = computed(() => {
  if (hover.value) return hover.value;
  return view.value.kind === 'cell' ? view.value : null;
});

/**
 * A layer by its name.
 * @param {string} name
 */
export function layerNamed(name) {
  return layers.value.find((layer) => layer.name === name);
}
