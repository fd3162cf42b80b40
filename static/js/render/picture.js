/**
 * Grey pixels, row-major, 255 = ink.
 * @typedef {{width: number, height: number, pixels: Uint8Array}} Picture
 */

/** Longest side kept, in pixels: twice the paper's units, so nothing visible is lost. */
const LONGEST_SIDE = 560;

/**
 * The pixels along the border on average: what lies there is the background.
 * @param {Picture} picture
 */
function backgroundOf({ width, height, pixels }) {
  let [sum, count] = [0, 0];
  for (let y = 0; y < height; y += 1) {
    const isEdge = y === 0 || y === height - 1;
    const step = isEdge ? 1 : Math.max(1, width - 1);
    for (let x = 0; x < width; x += step) {
      sum += pixels[y * width + x];
      count += 1;
    }
  }
  return sum / count;
}

/**
 * Grey of RGBA pixels, with a bright background turned into paper.
 * @param {Uint8ClampedArray} rgba
 * @param {number} width
 * @param {number} height
 * @returns {Picture}
 */
export function toInk(rgba, width, height) {
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i += 1) {
    const [r, g, b] = [rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]];
    pixels[i] = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
  }
  const picture = { width, height, pixels };
  if (backgroundOf(picture) > 127)
    for (let i = 0; i < pixels.length; i += 1) pixels[i] = 255 - pixels[i];
  return picture;
}

/**
 * The image as the paper shows it, or null where this browser cannot decode it.
 * @param {Blob} blob
 * @returns {Promise<Picture | null>}
 */
export async function readPicture(blob) {
  /** @type {ImageBitmap} */
  let bitmap;
  try {
    bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' });
  } catch {
    return null;
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(scale * bitmap.width));
  const height = Math.max(1, Math.round(scale * bitmap.height));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.imageSmoothingQuality = 'high';
  // Where an image is transparent it lies on white, as the server has it.
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return toInk(context.getImageData(0, 0, width, height).data, width, height);
}
