// Which part of the network's input one unit can see, by geometry alone.

/**
 * What the outline says of a layer's units, each as [height, width] in input pixels.
 * @typedef {{
 *   readonly size: readonly number[],
 *   readonly stride: readonly number[],
 *   readonly padding: readonly number[],
 * }} ReceptiveField
 *
 * Rows from top up to bottom, columns from left up to right, the last not included.
 * @typedef {{top: number, left: number, bottom: number, right: number}} Box
 */

/**
 * The part of the input that the unit at one position sees; it may reach beyond the input.
 * @param {ReceptiveField} field
 * @param {number} row
 * @param {number} column
 * @returns {Box}
 */
export function receptiveBox(field, row, column) {
  const top = row * field.stride[0] - field.padding[0];
  const left = column * field.stride[1] - field.padding[1];
  return { top, left, bottom: top + field.size[0], right: left + field.size[1] };
}
