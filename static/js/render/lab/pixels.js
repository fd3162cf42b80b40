/**
 * A picture of packed pixels that is written by the processor.
 * @typedef {{data: Uint32Array, width: number, height: number}} Pixels  device px
 * @typedef {{left: number, top: number, right: number, bottom: number}} Area  device px, right and bottom exclusive
 */

/** A packed pixel between two. @param {number} one @param {number} other @param {number} share  of the other, 0…1 */
export function mixPixels(one, other, share) {
  const mix = (/** @type {number} */ shift) => {
    const a = (one >> shift) & 255;
    return Math.round(a + (((other >> shift) & 255) - a) * share) << shift;
  };
  return ((255 << 24) | mix(16) | mix(8) | mix(0)) >>> 0;
}

/** A line shorter than this is written sooner than `fill` is called, device px. */
const NARROW_PX = 64;

/** Fills an area with one colour. @param {Pixels} pixels @param {Area} area @param {number} pixel  packed */
export function fillArea({ data, width, height }, { left, top, right, bottom }, pixel) {
  const [from, to] = [Math.max(0, left), Math.min(width, right)];
  const last = Math.min(height, bottom);
  const isNarrow = to - from < NARROW_PX;
  for (let y = Math.max(0, top); y < last; y += 1) {
    const [begin, end] = [y * width + from, y * width + to];
    if (isNarrow) for (let at = begin; at < end; at += 1) data[at] = pixel;
    else data.fill(pixel, begin, end);
  }
}

/**
 * Draws slanting lines over an area, as one pattern over all areas.
 * @param {Pixels} pixels
 * @param {Area} area
 * @param {number} ink  packed
 * @param {number} scale  device px a CSS px
 */
export function hatchArea({ data, width, height }, area, ink, scale) {
  const period = Math.max(4, Math.round(7 * scale));
  const thickness = Math.max(1, Math.round(scale));
  const [from, to] = [Math.max(0, area.left), Math.min(width, area.right)];
  const last = Math.min(height, area.bottom);
  for (let y = Math.max(0, area.top); y < last; y += 1) {
    let phase = (((from - y) % period) + period) % period;
    for (let at = y * width + from; at < y * width + to; at += 1) {
      if (phase < thickness) data[at] = ink;
      phase = phase + 1 === period ? 0 : phase + 1;
    }
  }
}

/**
 * Draws the outline of an area, inside it.
 * @param {Pixels} pixels
 * @param {Area} area
 * @param {number} pixel  packed
 * @param {number} thickness  device px
 */
export function outlineArea(pixels, { left, top, right, bottom }, pixel, thickness) {
  fillArea(pixels, { left, top, right, bottom: top + thickness }, pixel);
  fillArea(pixels, { left, top: bottom - thickness, right, bottom }, pixel);
  fillArea(pixels, { left, top, right: left + thickness, bottom }, pixel);
  fillArea(pixels, { left: right - thickness, top, right, bottom }, pixel);
}
