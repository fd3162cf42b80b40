import { graphOf } from '../graph.js';

/** @import {Node} from '../graph.js' */

/** Differences smaller than the share of one are none: shares are not exact. */
const STEPS = 1e6;

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
    const before = graph.predecessors(name).map((layer) => Number(steps.get(layer.name)) + 1);
    steps.set(name, Math.max(0, ...before));
  }
  const most = Math.max(1, ...steps.values());
  return new Map([...steps].map(([name, step]) => [name, step / most]));
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
  const away = [...depthsOf(others)].map(([other, its]) => ({
    other,
    by: Math.round(STEPS * Math.abs(its - depth)),
  }));
  away.sort((a, b) => a.by - b.by);
  return away[0]?.other ?? null;
}
