import { graphOf } from '../graph.js';

/** @import {Node} from '../graph.js' */

/**
 * How deep each layer lies, from 0 (the input) to 1 (the last): the share of the longest way to it.
 * @param {readonly Node[]} layers  in the order of the data, the input first
 * @returns {ReadonlyMap<string, number>}
 */
export function depthsOf(layers) {
  const graph = graphOf(layers);
  /** @type {Map<string, number>} */
  const steps = new Map();
  for (const { name } of layers) {
    const before = graph.predecessors(name).map((layer) => (steps.get(layer.name) ?? 0) + 1);
    steps.set(name, Math.max(0, ...before));
  }
  const most = Math.max(1, ...steps.values());
  return new Map(layers.map(({ name }) => [name, (steps.get(name) ?? 0) / most]));
}

/**
 * The layer of another network that lies as deep as one of a network, or nearest to that.
 * @param {readonly Node[]} layers
 * @param {string} name
 * @param {readonly Node[]} others
 * @returns {string | null} null where there is no such layer
 */
export function counterpartOf(layers, name, others) {
  const depth = depthsOf(layers).get(name);
  if (depth === undefined) return null;
  const away = [...depthsOf(others)].map(([other, its]) => ({ other, by: Math.abs(its - depth) }));
  away.sort((a, b) => a.by - b.by);
  return away[0]?.other ?? null;
}
