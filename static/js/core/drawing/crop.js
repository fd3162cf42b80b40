/**
 * Which part of a photograph is read: `size` is its share of the largest part that has the shape of the
 * network's input; `x` and `y` say where it lies, from 0 (left, top) to 1 (right, bottom).
 * @typedef {{readonly x: number, readonly y: number, readonly size: number}} Crop
 * @typedef {{top: number, left: number, bottom: number, right: number}} Box
 */

/** All that fits, in the middle. @type {Crop} */
export const WHOLE = Object.freeze({ x: 0.5, y: 0.5, size: 1 });
/** Smaller than this share no part is read. */
export const SMALLEST = 0.05;

/** @param {number} value @param {number} low @param {number} high */
const within = (value, low, high) => Math.min(high, Math.max(low, value));

/**
 * The part in pixels of the picture, as the server takes it.
 * @param {Crop} crop
 * @param {readonly number[]} picture  rows and columns
 * @param {readonly number[]} input  the network's
 * @returns {Box}
 */
export function cropBox({ x, y, size }, [height, width], [inputRows, inputColumns]) {
  const scale = size * Math.min(height / inputRows, width / inputColumns);
  const rows = within(Math.round(scale * inputRows), 1, height);
  const columns = within(Math.round(scale * inputColumns), 1, width);
  const top = Math.floor(y * (height - rows));
  const left = Math.floor(x * (width - columns));
  return { top, left, bottom: top + rows, right: left + columns };
}

/**
 * The crop moved by pixels of the picture, and no further than the picture reaches.
 * @param {Crop} crop
 * @param {readonly [right: number, down: number]} by
 * @param {readonly number[]} picture
 * @param {readonly number[]} input
 * @returns {Crop}
 */
export function movedCrop(crop, [right, down], picture, input) {
  const box = cropBox(crop, picture, input);
  const roomDown = picture[0] - (box.bottom - box.top);
  const roomRight = picture[1] - (box.right - box.left);
  // In the middle of a pixel, so that rounding down finds it again.
  const at = (/** @type {number} */ start, /** @type {number} */ room) =>
    room > 0 ? within((start + 0.5) / room, 0, 1) : 0.5;
  return {
    size: crop.size,
    x: right ? at(within(box.left + right, 0, roomRight), roomRight) : crop.x,
    y: down ? at(within(box.top + down, 0, roomDown), roomDown) : crop.y,
  };
}

/** The crop in another size, around the same middle as far as the picture reaches. @param {Crop} crop @param {number} factor @param {readonly number[]} picture @param {readonly number[]} input @returns {Crop} */
export function sizedCrop(crop, factor, picture, input) {
  const before = cropBox(crop, picture, input);
  const size = within(Math.round(1000 * crop.size * factor) / 1000, SMALLEST, 1);
  const centred = { ...crop, size };
  const after = cropBox(centred, picture, input);
  const middle = (/** @type {Box} */ { top, left, bottom, right }) => [left + right, top + bottom];
  const [x, y] = middle(before).map((sum, axis) => Math.round((sum - middle(after)[axis]) / 2));
  return movedCrop(centred, [x, y], picture, input);
}
