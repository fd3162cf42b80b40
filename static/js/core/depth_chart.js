// How the receptive field grows with the depth of a network: where each layer stands in a chart of it.

import { graphOf } from './graph.js';

/**
 * A layer as the chart needs it.
 * @typedef {{readonly name: string, readonly inputs: readonly string[],
 *   readonly receptive_field: {readonly size: readonly number[]} | null}} Layer
 *
 * `depth`: the layers on the longest way from the input. `size`: of the field, in pixels of its longer side.
 * @typedef {{name: string, depth: number, size: number}} Point
 */

/**
 * Every layer as a point, the input first, and the lines between what feeds what.
 * @param {readonly Layer[]} layers  in data order, the input first
 */
export function depthChart(layers) {
  const { order, predecessors, edges } = graphOf(layers);
  /** @type {Map<string, Point>} */
  const points = new Map();
  const at = (/** @type {string} */ name) => /** @type {Point} */ (points.get(name));
  for (const { name, receptive_field: field } of order) {
    const before = predecessors(name).map((one) => at(one.name).depth);
    const depth = before.length ? Math.max(...before) + 1 : 0;
    points.set(name, { name, depth, size: Math.max(...(field?.size ?? [1])) });
  }
  const all = [...points.values()];
  return {
    points: all,
    lines: edges.map(({ source, target }) => [at(source.name), at(target.name)]),
    deepest: Math.max(...all.map(({ depth }) => depth)),
    largest: Math.max(...all.map(({ size }) => size)),
  };
}

/** The steps of an axis: at most five round numbers, from 0 on. @param {number} largest */
export function ticks(largest) {
  const step = STEPS.find((each) => largest / each <= 5) ?? largest;
  return Array.from({ length: Math.floor(largest / step) + 1 }, (_, index) => index * step);
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
