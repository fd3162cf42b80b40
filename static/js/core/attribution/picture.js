/**
 * What a network sees, before it is normalized.
 * @typedef {{shape: readonly number[], data: Float32Array}} Image  (C, H, W) in [0, 1]
 *
 * A square that covers a part of an image: its upper left pixel, its side in pixels, and what it is filled with.
 * @typedef {{row: number, column: number, side: number, fill: 'zero' | 'mean'}} Patch
 *
 * @typedef {{mean: readonly number[], std: readonly number[]}} Normalization  a value a channel each
 */

/** A patch is as wide as this share of the picture, until it is told otherwise. */
const PATCH_SHARE = 1 / 4;

/**
 * The image whose normalization is given, as it was before.
 * @param {{shape: readonly number[], data: Float32Array}} normalized  (C, H, W)
 * @param {Normalization} normalization
 * @returns {Image}
 */
export function imageOf({ shape, data }, { mean, std }) {
  const size = shape[1] * shape[2];
  const channel = (/** @type {number} */ i) => Math.floor(i / size);
  const pixels = data.map((value, i) =>
    Math.min(1, Math.max(0, value * std[channel(i)] + mean[channel(i)])),
  );
  return { shape, data: pixels };
}

/**
 * The patch within the picture; without a place in its middle.
 * @param {Partial<Patch>} patch
 * @param {readonly number[]} shape  of the image, (C, H, W)
 * @returns {Patch}
 */
export function placedPatch({ row, column, side, fill = 'zero' }, [, rows, columns]) {
  const most = Math.min(rows, columns);
  const wide = Math.round(Math.min(most, Math.max(1, side ?? most * PATCH_SHARE)));
  const within = (/** @type {number | undefined} */ at, /** @type {number} */ end) =>
    Math.round(Math.min(end - wide, Math.max(0, at ?? (end - wide) / 2)));
  return { row: within(row, rows), column: within(column, columns), side: wide, fill };
}

/**
 * The patch after a change; where its size changes, its middle stays.
 * @param {Patch} patch
 * @param {Partial<Patch>} change
 * @param {readonly number[]} shape  of the image, (C, H, W)
 */
export function movedPatch(patch, change, shape) {
  const { side } = placedPatch({ ...patch, ...change }, shape);
  const inward = (patch.side - side) / 2;
  const middle = { row: patch.row + inward, column: patch.column + inward };
  return placedPatch({ ...patch, ...middle, ...change }, shape);
}

/**
 * The value of each channel that a patch is filled with, in [0, 1].
 * @param {Patch} patch
 * @param {Normalization} normalization
 */
export const fillOf = ({ fill }, { mean }) => mean.map((value) => (fill === 'mean' ? value : 0));

/**
 * The image with the patch over it.
 * @param {Image} image
 * @param {Patch} patch
 * @param {readonly number[]} fill  a value a channel
 * @returns {Image}
 */
export function covered({ shape, data }, { row, column, side }, fill) {
  const [channels, rows, columns] = shape;
  const pixels = data.slice();
  for (let channel = 0; channel < channels; channel += 1) {
    for (let r = row; r < row + side; r += 1) {
      const start = (channel * rows + r) * columns + column;
      pixels.fill(fill[channel], start, start + side);
    }
  }
  return { shape, data: pixels };
}
