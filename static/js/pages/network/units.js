import { nothing } from 'lit-html';

import { graphOf } from '../../core/graph.js';
import { flatteningBehind } from '../../core/layers/explain.js';
import { parametersOf } from '../../core/layers/unit_parameters.js';
import { viewOf } from '../../views/layers/registry.js';
import { unitView, unitWeights } from '../../views/unit_weights.js';

/**
 * @import {Network} from '../../state/network/network.js'
 * @import {Layer} from '../../state/network/store.js'
 */

/** The largest limit of a layer's maps, or of the normalized input. @param {Network} network @param {string} name */
export const largestLimit = ({ signals }, name) =>
  signals.limits.value.get(name)?.reduce((a, b) => Math.max(a, b), 0) ?? 0;

/** A unit of a dense layer, whose weights are asked for. @param {Network} network @param {Layer} layer @param {number} unit */
function unitModel({ signals, actions }, layer, unit) {
  const graph = graphOf(signals.layers.value);
  const [source] = graph.predecessors(layer.name);
  const flattening = flatteningBehind(graph, source);
  const weight = parametersOf(signals.weights.value, layer.name, unit)?.weight;
  if (!weight) void actions.ensureWeights(layer.name, unit);
  return {
    layer,
    flattening,
    unit,
    weight,
    input: signals.activations.value.get(source?.name ?? ''),
  };
}

/**
 * The unit of a vector that is looked at: the one under the pointer, else the one that says most.
 * @param {Network} network
 * @param {Layer} layer
 */
export function unitLookedAt({ signals: { activations, hover } }, layer) {
  const at = hover.value;
  if (at?.layer === layer.name) return at.channel;
  const amounts = Array.from(activations.value.get(layer.name)?.data ?? [], Math.abs);
  return Math.max(0, amounts.indexOf(Math.max(...amounts)));
}

/**
 * The weights of a dense layer's unit that is looked at.
 * @param {Network} network
 * @param {Layer} layer
 */
export function weightsOfUnit(network, layer) {
  if (!viewOf(layer).hasUnitWeights) return nothing;
  return unitWeights(unitModel(network, layer, unitLookedAt(network, layer)));
}

/**
 * A vector's own units, the open one outlined.
 * @param {Network} network
 * @param {Layer} layer
 * @param {number} channel
 */
export function unitsOf(network, layer, channel) {
  const { signals, actions } = network;
  const tensor = signals.activations.value.get(layer.name);
  if (!tensor) return nothing;
  const limit = largestLimit(network, layer.name);
  const classes = signals.outline.value?.classes ?? [];
  return unitView({ ...unitModel(network, layer, channel), tensor, limit, classes }, actions);
}
