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
 * @import {Layer, Position, Store} from './store.js'
 * @typedef {ReturnType<typeof createDetail>} Detail
 *
 * What a value sees of the picture, and what a unit looks for, as they are shown.
 * @typedef {{field: () => unknown, patches: (layer: Layer, channel: number) => unknown}} Seen
 *
 * How the field grows with depth, as it is shown.
 * @typedef {{depthChartView: (model: {layers: readonly Layer[], current: string, side: number},
 *   actions: {open: (view: {kind: 'layer', layer: string}) => void}) => unknown}} Depth
 *
 * What a pixel reaches: laid over the network's picture, and told below it.
 * @typedef {{overlay: Element, told: () => unknown}} Reach
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

/** The input is its own receptive field, pixel by pixel. */
const ITSELF = { size: [1, 1], stride: [1, 1], padding: [0, 0] };

/**
 * What a value sees of the input by geometry: of a flattened layer, what the map's cell does that it was.
 * @param {Layer} layer
 * @param {Position} at
 */
export function boxOf(layer, at) {
  const isFlat = wiringOf(layer).isFolded && layer.input_shape.length === 3;
  const { row, column } = isFlat ? flattenSource(layer.input_shape, at.channel) : at;
  return receptiveBox(layer.receptive_field ?? ITSELF, row, column);
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
  if (!at || !layer || !mapping || !source) return null;
  const box = boxOf(layer, at);
  const { scale, left, top } = placement(source.width, source.height, SIDE);
  const x = (/** @type {number} */ px) => (mapping.x.scale * px + mapping.x.offset) * scale + left;
  const y = (/** @type {number} */ px) => (mapping.y.scale * px + mapping.y.offset) * scale + top;
  return { top: y(box.top), left: x(box.left), bottom: y(box.bottom), right: x(box.right) };
}

/** The pixel of which it is shown what it reaches, as a value of the input. @param {Store} store */
const keptPixel = ({ pixel }) => pixel.value && { layer: 'input', channel: 0, ...pixel.value };

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
  const openLayer = computed(() => ('layer' in store.view.value ? store.view.value.layer : ''));
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
    /** How many kernels of a layer are listed with their numbers, where more than as usual. */
    kernels: signal(/** @type {{layer: string, listed: number} | null} */ (null)),
    /** What is explained beside the overview. */
    detail: computed(() => position.value && explain(store, position.value)),
    partials: computed(() => partialsOf(store)),
    /** The receptive field of the explained cell on the drawing, or the pixel that is kept. */
    drawingBox: computed(() =>
      drawingBox(store, store.focus.value ?? position.value ?? keptPixel(store)),
    ),
    /** What the chart of it shows, the same object as long as that is the same. */
    chart: computed(() => ({
      layers: store.layers.value,
      current: openLayer.value,
      side: Math.max(1, ...(store.outline.value?.input_shape.slice(1) ?? [])),
    })),
    /** What shows what a pixel reaches; it is fetched when one is pointed at. */
    reach: signal(/** @type {Reach | null} */ (null)),
    /** What draws how the field grows with depth; it is fetched behind all else. */
    depth: signal(/** @type {Depth | null} */ (null)),
    /** What shows what values see and look for; it is fetched when something is opened. */
    seen: signal(/** @type {Seen | null} */ (null)),
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
