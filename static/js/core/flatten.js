// Where a flattened value stands in its maps.
//
// flattenSource(shape, index)      the channel, row and column of a flattened value

/** @typedef {import('./operands.js').Position} Position */

/**
 * The channel, row and column that stand at one index once (C, H, W) is flattened.
 * @param {readonly number[]} shape
 * @param {number} index
 * @returns {Position}
 */
export function flattenSource(shape, index) {
  const [, height, width] = shape;
  const line = Math.floor(index / width);
  return { channel: Math.floor(line / height), row: line % height, column: index % width };
}
