// Everything about one value of a layer.

import { count } from '../number.js';
import { decimalsFor, figure } from '../rounding.js';
import { positionText, valueAt } from './place.js';
import { kindOf } from './registry.js';
import { parametersOf } from './unit_parameters.js';
import { wiringOf } from './wiring.js';

/**
 * @import {Tensor} from '../tensor.js'
 * @import {Layer, Parameters} from './registry.js'
 */

/**
 * The flattening that a vector comes from, where nothing since then has moved a value: each unit still
 * stands for a cell of a map.
 * @template {import('./wiring.js').WiredLayer & import('../graph.js').Node & {readonly input_shape: readonly number[]}} L
 * @param {import('../graph.js').Graph<L>} graph
 * @param {L | undefined} layer  that gives the vector
 * @returns {L | undefined}
 */
export function flatteningBehind(graph, layer) {
  if (!layer) return undefined;
  const { isFolded, keepsPlaces } = wiringOf(layer);
  if (isFolded) return layer.input_shape.length === 3 ? layer : undefined;
  return keepsPlaces ? flatteningBehind(graph, graph.predecessors(layer.name)[0]) : undefined;
}

/**
 * @typedef {{layer: string, channel: number, row: number, column: number}} Position
 */

/** What a layer without weights learned. @type {Parameters} */
const NONE = {};

/**
 * Where a value is, what it is made of, what PyTorch says; null where the network has not got it.
 * @template {Layer} L
 * @param {import('../graph.js').Graph<L>} graph
 * @param {ReadonlyMap<string, Tensor>} activations  by layer
 * @param {ReadonlyMap<string, Parameters>} weights  by layer, or by layer and unit, those that are there
 * @param {Position} position
 */
export function explainValue(graph, activations, weights, position) {
  const layer = graph.layer(position.layer);
  const output = activations.get(position.layer);
  if (!layer || !output) return null;
  const sources = graph.predecessors(layer.name);
  const inputs = sources.flatMap(({ name }) => activations.get(name) ?? []);
  const kind = kindOf(layer);
  const known = parametersOf(weights, layer.name, position.channel);
  const isWaiting = Boolean(kind.hasParameters) && !known;
  const parameters = known ?? NONE;
  const isReady = inputs.length > 0 && inputs.length === layer.inputs.length && !isWaiting;
  /** @type {({value: number} & Record<string, any>) | null} */
  const trace = isReady ? kind.trace({ layer, inputs, output, parameters }, position) : null;
  const torchValue = valueAt(output, position);
  return {
    layer,
    kind,
    sources,
    flattening: flatteningBehind(graph, sources[0]),
    inputs,
    output,
    parameters,
    position,
    trace,
    torchValue,
    /** Whether only the weights are missing. */
    isWaiting,
  };
}

/** @typedef {NonNullable<ReturnType<typeof explainValue>>} Explained */

/**
 * A value in a sentence: where it stands, what it is, what it is made of.
 * @param {Pick<Explained, 'layer' | 'kind' | 'position' | 'trace' | 'torchValue'>} explained
 */
export function spokenValue({ layer, kind, position, trace, torchValue }) {
  const where = positionText(position, layer.output_shape, layer).replaceAll(' · ', ', ');
  const decimals = decimalsFor([torchValue]);
  const made = trace ? kind.sentence(trace, position, decimals, layer) : '';
  return `${where}: ${figure(torchValue, decimals)}${made && `, ${made}`}.`;
}

/** A layer's multiply-accumulates as a product. @param {Layer & {multiply_accumulates: number | null}} layer */
export function macsText(layer) {
  const macs = layer.multiply_accumulates;
  if (macs === null) return 'unknown: what it computes is not known here';
  if (!macs) return 'none: nothing is multiplied here';
  const factors = kindOf(layer).factors?.(layer) ?? layer.output_shape;
  return `${factors.join('·')} = ${count(macs)}`;
}
