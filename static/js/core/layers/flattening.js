import { wiringOf } from './wiring.js';

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
