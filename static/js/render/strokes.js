/**
 * @typedef {import('../core/drawing/ink.js').Ink} Ink
 * @typedef {import('../core/drawing/piece.js').Area} Area
 */

/**
 * Brings a canvas's picture up to the ink: each pixel's ink is one entry of the table.
 * @param {CanvasRenderingContext2D} context
 * @param {ImageData} image  as large as the ink; kept by the caller between calls
 * @param {Ink} ink
 * @param {Uint32Array} table  256 packed pixels, from paper to ink
 * @param {Area} area  what has changed
 */
export function paintInk(context, image, ink, table, { left, top, right, bottom }) {
  const pixels = new Uint32Array(image.data.buffer);
  for (let y = top; y < bottom; y += 1) {
    const end = y * ink.side + right;
    for (let i = y * ink.side + left; i < end; i += 1) pixels[i] = table[ink.pixels[i]];
  }
  context.putImageData(image, 0, 0, left, top, right - left, bottom - top);
}
