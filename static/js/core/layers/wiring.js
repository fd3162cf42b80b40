// What has to be known of a kind of layer before its explanation is there. A kind that says nothing here
// reads map by map, is drawn by its shape and is sent.

import { axisOf } from './place.js';

/**
 * @import {Tensor} from '../tensor.js'
 * @typedef {{readonly kind: string, readonly settings?: Record<string, any>,
 *   readonly output_shape: readonly number[]}} WiredLayer
 *
 * Some maps (units) beside each other.
 * @typedef {{first: number, count: number}} Maps
 *
 * One of a layer's inputs: its shape, and how many maps the inputs before it have.
 * @typedef {{shape: readonly number[], before: number}} Incoming
 *
 * `reads`: the maps of one input that a map of the layer reads. `reader`: the map of the layer that
 * alone reads a map of that input, or null where several do.
 * @typedef {object} Wiring
 * @property {(layer: WiredLayer, input: Incoming, channel: number) => Maps} reads
 * @property {(layer: WiredLayer, input: Incoming, channel: number) => number | null} reader
 * @property {(layer: WiredLayer) => boolean} [isPossible]  whether it is wired so; it is by default
 * @property {boolean} [isFull]  whether every map may read every map
 * @property {boolean} [isShare]  whether its values are shares of one, drawn as bars
 * @property {boolean} [isFolded]  whether its vector is drawn at the width of the maps it comes from
 * @property {boolean} [keepsPlaces]  whether a value is made of nothing but those at its place
 * @property {boolean} [hasKernels]  whether its weights are seen before anything is opened
 * @property {(inputs: readonly Tensor[]) => Float32Array} [derive]  its values, to the bit
 */

/** How many values a map has. @param {readonly number[]} shape */
const areaOf = ([, rows = 1, columns = 1]) => rows * columns;

/** @type {Wiring} */
const SAME = {
  reads: (_, __, channel) => ({ first: channel, count: 1 }),
  reader: (_, __, channel) => channel,
};

/** Every map of the input, or of the group's part of it. @type {Wiring} */
const FULL = {
  reads: ({ settings, output_shape: [maps] }, { shape: [inputs] }, channel) => {
    const groups = settings?.groups ?? 1;
    const count = inputs / groups;
    return { first: Math.floor((channel * groups) / maps) * count, count };
  },
  reader: () => null,
  isFull: true,
};

/** A value of one map; of a map, the middle one stands for all that read it. @type {Wiring} */
const FLAT = {
  reads: (_, { shape }, channel) => ({ first: Math.floor(channel / areaOf(shape)), count: 1 }),
  reader: (_, { shape }, channel) => channel * areaOf(shape) + (areaOf(shape) >> 1),
};

/** The inputs' maps one behind the other, where they are laid along the channels. @type {Wiring} */
const STACKED = {
  isPossible: ({ settings, output_shape: shape }) => axisOf(settings?.dim ?? 1, shape) === 0,
  reads: (_, { shape: [maps], before }, channel) => {
    const first = channel - before;
    return { first, count: first >= 0 && first < maps ? 1 : 0 };
  },
  reader: (_, { before }, channel) => before + channel,
};

/** A function of each value by itself. @type {Wiring} */
const ACTIVATION = { ...SAME, keepsPlaces: true };

/** The maps that were there, with others before them. @type {Wiring} */
const PADDED = {
  reads: ({ settings }, { shape: [maps] }, channel) => {
    const first = channel - (settings?.channels[0] ?? 0);
    return { first, count: first >= 0 && first < maps ? 1 : 0 };
  },
  reader: ({ settings }, _, channel) => channel + (settings?.channels[0] ?? 0),
};

/** @param {readonly Tensor[]} inputs */
const unchanged = ([{ data }]) => data;

/** @type {Record<string, Wiring>} */
const WIRINGS = {
  Conv2d: { ...FULL, hasKernels: true },
  Linear: FULL,
  Softmax: { ...FULL, isShare: true },
  ReLU: { ...ACTIVATION, derive: ([{ data }]) => rectified(data) },
  ReLU6: ACTIVATION,
  LeakyReLU: ACTIVATION,
  PReLU: ACTIVATION,
  ELU: ACTIVATION,
  GELU: ACTIVATION,
  Affine: ACTIVATION,
  Tanh: ACTIVATION,
  ScaledTanh: ACTIVATION,
  Sigmoid: ACTIVATION,
  SiLU: ACTIVATION,
  Hardswish: ACTIVATION,
  Hardsigmoid: ACTIVATION,
  Pad: PADDED,
  Dropout: { ...SAME, keepsPlaces: true, derive: unchanged },
  Flatten: { ...FLAT, isFolded: true, derive: unchanged },
  Add: { ...SAME, derive: added },
  Concatenate: { ...STACKED, derive: joined },
};

/** How a layer is wired. @param {WiredLayer} layer @returns {Wiring} */
export function wiringOf(layer) {
  const found = WIRINGS[layer.kind] ?? SAME;
  return found.isPossible?.(layer) === false ? SAME : found;
}

/**
 * A layer's inputs as its wiring asks for them.
 * @param {readonly (readonly number[])[]} shapes
 * @returns {Incoming[]}
 */
export function incoming(shapes) {
  let maps = 0;
  return shapes.map((shape) => {
    const before = maps;
    maps += shape[0];
    return { shape, before };
  });
}

/**
 * The layers that nothing has to be sent for, beside the given ones.
 * @param {ReadonlyMap<string, Tensor>} tensors  by layer
 * @param {readonly (WiredLayer & {readonly name: string, readonly inputs: readonly string[]})[]} layers
 *   in data order
 * @returns {Map<string, Tensor>}
 */
export function withDerived(tensors, layers) {
  const result = new Map(tensors);
  for (const layer of layers) {
    const { derive } = wiringOf(layer);
    const inputs = layer.inputs.flatMap((name) => result.get(name) ?? []);
    if (!derive || result.has(layer.name) || inputs.length < layer.inputs.length) continue;
    result.set(layer.name, { shape: layer.output_shape, data: derive(inputs) });
  }
  return result;
}

/** What a ReLU makes of values, each of them: negative ones become 0. @param {Float32Array} data */
function rectified(data) {
  const result = new Float32Array(data.length);
  // A loop, which is many times faster than map: the pen waits for it.
  for (let i = 0; i < data.length; i += 1) result[i] = data[i] < 0 ? 0 : data[i];
  return result;
}

/** The sum of every input's value at a place, rounded to float32 each time. @param {readonly Tensor[]} inputs */
function added([{ data }, ...others]) {
  const result = data.slice();
  for (const other of others) for (let i = 0; i < result.length; i += 1) result[i] += other.data[i];
  return result;
}

/** @param {readonly Tensor[]} inputs */
function joined(inputs) {
  const result = new Float32Array(inputs.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of inputs) {
    result.set(data, at);
    at += data.length;
  }
  return result;
}
