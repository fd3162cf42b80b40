// Where a flattened value stands in its maps.

/** @import {Position} from './operands.js' */

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
