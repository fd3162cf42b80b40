// Values that are the same whatever the picture is, by geometry: padding, and what is made of it alone.

import { explainValue } from './explain.js';

/**
 * Whether a value sees nothing of the picture: it stands in constant padding, or each place that it is made of
 * does.
 * @template {import('./registry.js').Layer} L
 * @param {import('../graph.js').Graph<L>} graph
 * @param {Parameters<typeof explainValue>[1]} activations
 * @param {Parameters<typeof explainValue>[2]} weights
 * @param {import('./explain.js').Position} position
 * @returns {boolean}
 */
export function seesNothing(graph, activations, weights, position) {
  const explained = explainValue(graph, activations, weights, position);
  const { kind, trace, sources = [] } = explained ?? {};
  if (!kind?.reads || !trace) return false;
  // Of a window a place may differ from the next: only single places are followed.
  return kind.reads(trace, position).every(
    ({ input, channel, row, column, rows, columns }) =>
      rows * columns === 1 &&
      seesNothing(graph, activations, weights, {
        layer: sources[input].name,
        channel,
        row,
        column,
      }),
  );
}
