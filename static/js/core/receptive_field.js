// Which part of the network's input one unit can see, and which units see one pixel, by geometry alone.

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
 *
 * @typedef {'exact' | 'upper_bound' | 'whole_input' | 'data_dependent' | 'nothing'} BoxStatus
 * @typedef {{row: number, column: number}} Pixel
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

/**
 * How much of a box lies beyond the input, on each side.
 * @param {Box} box
 * @param {readonly number[]} size  (height, width) of the input
 * @returns {Box}
 */
export function beyond({ top, left, bottom, right }, [height, width]) {
  return {
    top: Math.max(0, Math.min(0, bottom) - top),
    left: Math.max(0, Math.min(0, right) - left),
    bottom: Math.max(0, bottom - Math.max(height, top)),
    right: Math.max(0, right - Math.max(width, left)),
  };
}

/**
 * What holds of a unit's box: that it is all of the input is a word of its own.
 * @param {{readonly status: string}} field
 * @param {Box} box
 * @param {readonly number[]} size  (height, width) of the input
 * @returns {BoxStatus}
 */
export function boxStatus({ status }, box, [height, width]) {
  const isWhole = box.top <= 0 && box.left <= 0 && box.bottom >= height && box.right >= width;
  return isWhole && status === 'exact' ? 'whole_input' : /** @type {BoxStatus} */ (status);
}

/**
 * The units that see one pixel, as places of a layer's maps; an empty box where none does.
 * @param {ReceptiveField} field
 * @param {Pixel} pixel
 * @param {readonly number[]} extent  (height, width) of the maps
 * @returns {Box}
 */
export function reachedBox(field, { row, column }, extent) {
  const [[top, bottom], [left, right]] = [row, column].map((at, axis) =>
    reachedLines(at, field.size[axis], field.stride[axis], field.padding[axis], extent[axis]),
  );
  return { top, left, bottom, right };
}

/**
 * The first line that sees a pixel, and the first after it that does not.
 * @param {number} at
 * @param {number} size
 * @param {number} stride  0: all lines see the same
 * @param {number} padding
 * @param {number} count  of the lines
 */
function reachedLines(at, size, stride, padding, count) {
  if (stride === 0) return at + padding >= 0 && at + padding < size ? [0, count] : [0, 0];
  const first = Math.max(0, Math.ceil((at + padding - size + 1) / stride));
  const end = Math.min(count, Math.floor((at + padding) / stride) + 1);
  return first < end ? [first, end] : [0, 0];
}

/** How many places a box has. @param {Box} box */
export const areaOf = ({ top, left, bottom, right }) => (bottom - top) * (right - left);

/**
 * How an effect is spread over the pixels.
 * @param {Float32Array} values  no value below zero, in lines of `columns`
 * @param {number} columns
 */
export function spread(values, columns) {
  const ranked = values.filter((value) => value > 0).sort((a, b) => b - a);
  const all = ranked.reduce((sum, value) => sum + value, 0);
  let half = 0;
  for (let sum = 0; half < ranked.length && sum < all / 2; half += 1) sum += ranked[half];
  const place = values.indexOf(ranked[0] ?? 0);
  return {
    /** How many have any. */
    count: ranked.length,
    /** How many of the strongest have half of it. */
    half,
    largest: ranked[0] ?? 0,
    strongest: { row: Math.floor(place / columns), column: place % columns },
  };
}
