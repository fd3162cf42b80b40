import { shapeText } from '../number.js';

/**
 * @import {Layer} from '../graph.js'
 *
 * Where each word was found: in the name at its beginning, within it, or elsewhere.
 * @typedef {{layer: Layer, rank: number}} Found
 */

/**
 * The layers that have every word of a text in their name, kind or shape; those whose names begin with it
 * first, else in the order of the network.
 * @param {readonly Layer[]} layers
 * @param {string} text
 * @param {number} most  so many of them
 * @returns {{layers: Layer[], count: number}} count: of all that were found
 */
export function searchLayers(layers, text, most) {
  const words = text
    .toLowerCase()
    .replace(/[x×]/g, '×')
    .split(/[\s·]+/)
    .filter(Boolean);
  if (words.length === 0) return { layers: [], count: 0 };
  const found = layers.flatMap((layer) => {
    const name = layer.name.toLowerCase();
    const plain = name.replaceAll('x', '×');
    const shape = shapeText(layer.output_shape).replaceAll(' ', '');
    const rest = `${layer.kind.toLowerCase().replaceAll('x', '×')} ${shape}`;
    const ranks = words.map((word) => {
      const at = plain.split('.').findIndex((segment) => segment.startsWith(word));
      if (plain.startsWith(word)) return 0;
      if (at >= 0) return 1;
      return plain.includes(word) ? 2 : rest.includes(word) ? 3 : Infinity;
    });
    const rank = Math.max(...ranks);
    return rank < Infinity ? [{ layer, rank }] : [];
  });
  const ordered = found.sort((a, b) => a.rank - b.rank).map(({ layer }) => layer);
  return { layers: ordered.slice(0, most), count: ordered.length };
}
