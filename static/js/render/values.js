/**
 * Paints a small picture, one pixel a value; the page enlarges it without smoothing.
 * @param {Uint32Array} pixels  one packed pixel a value, written
 * @param {ArrayLike<number>} values
 * @param {Uint32Array} table  packed pixels
 * @param {number} low  value of the first entry
 * @param {number} high  value of the last entry; where it is the first one's too, all have the middle entry
 */
export function paintValues(pixels, values, table, low, high) {
  const last = table.length - 1;
  const [factor, first] = high > low ? [last / (high - low), 0] : [0, last / 2];
  for (let i = 0; i < pixels.length; i += 1) {
    const entry = Math.round((values[i] - low) * factor + first);
    pixels[i] = table[Math.min(last, Math.max(0, entry))];
  }
}

/**
 * Paints three planes of values as red, green and blue.
 * @param {Uint32Array} pixels  one packed pixel a value, written
 * @param {readonly Float32Array[]} planes  0…1
 */
export function paintColours(pixels, [red, green, blue]) {
  for (let i = 0; i < pixels.length; i += 1) {
    const [r, g, b] = [255 * red[i] + 0.5, 255 * green[i] + 0.5, 255 * blue[i] + 0.5];
    pixels[i] = (255 << 24) | (b << 16) | (g << 8) | r;
  }
}

/**
 * Brings a canvas's picture up to the ink: each pixel's ink is one entry of the table.
 * @param {CanvasRenderingContext2D} context
 * @param {ImageData} image  as large as the ink; kept by the caller between calls
 * @param {import('../core/drawing/ink.js').Ink} ink
 * @param {Uint32Array} table  256 packed pixels, from paper to ink
 * @param {import('../core/drawing/piece.js').Area} area  what has changed
 */
export function paintInk(context, image, ink, table, { left, top, right, bottom }) {
  const pixels = new Uint32Array(image.data.buffer);
  for (let y = top; y < bottom; y += 1) {
    const end = y * ink.side + right;
    for (let i = y * ink.side + left; i < end; i += 1) pixels[i] = table[ink.pixels[i]];
  }
  context.putImageData(image, 0, 0, left, top, right - left, bottom - top);
}
