import { decodePicture } from './picture_code.js';

/** Grey pixels, row-major, 255 = bright. @typedef {{width: number, height: number, pixels: Uint8Array}} Grey */

/** Longest side read, in pixels: more than any code keeps. */
const LONGEST_SIDE = 560;

/** The pixels along the border on average: what lies there is the background. @param {Grey} picture */
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

/** Grey of RGBA pixels. @param {Uint8ClampedArray} rgba @param {number} width @param {number} height @returns {Grey} */
export function toGrey(rgba, width, height) {
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i += 1) {
    const [r, g, b] = [rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]];
    pixels[i] = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
  }
  return { width, height, pixels };
}

/** The planes of red, green and blue. @param {Uint8ClampedArray} rgba @param {number} width @param {number} height */
export function toColour(rgba, width, height) {
  const area = width * height;
  const data = new Uint8Array(3 * area);
  for (let at = 0; at < data.length; at += 1) data[at] = rgba[4 * (at % area) + ((at / area) | 0)];
  return { shape: [3, height, width], data };
}

/** The picture as ink, 255 = ink: on a bright ground the ink is what is dark. @param {Grey} picture */
export function toInk({ width, height, pixels }) {
  const isBright = backgroundOf({ width, height, pixels }) > 127;
  const ink = isBright ? pixels.map((pixel) => 255 - pixel) : pixels;
  return { width, height, isBright, pixels: ink };
}

/** What the paper shows of an image's code. @param {Uint8Array} code */
export async function imageOf(code) {
  return { code, ...toInk(await decodePicture(code)) };
}

/**
 * The image in grey and in colour, or null where this browser cannot decode it.
 * @param {Blob} blob
 * @param {string} ground  the colour on which its transparent parts lie
 * @returns {Promise<Grey & {colour: ReturnType<typeof toColour>} | null>}
 */
export async function readPicture(blob, ground) {
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
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { ...toGrey(data, width, height), colour: toColour(data, width, height) };
}
