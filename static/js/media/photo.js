import { PhotoPaint } from '../core/drawing/photo_paint.js';

/**
 * @import {Pixels} from '../core/drawing/photo_paint.js'
 *
 * A photograph in few bytes, for a link: as JPEG, or as PNG where that is as small. What is shown and what
 * the network gets is read back from these bytes, so that a link holds no less than the page that made it.
 */

/** Pixels of the shorter side, which is what networks read, and of the longer one. */
const [SHORTER, LONGER] = [256, 512];
const BUDGET_BYTES = 18_000;
/** A picture of so many pixels may fit as it is. */
const SMALL_PIXELS = 20_000;
const QUALITIES = [0.92, 0.85, 0.75, 0.6, 0.45];
/** How much smaller what does not fit is made, again and again. */
const STEP = 0.8;

const UNREADABLE = 'The photograph in this link cannot be read: part of the link is missing.';

/** @param {number} columns @param {number} rows */
function sheet(columns, rows) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [columns, rows];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser shows no photographs: it gives no canvas.');
  context.imageSmoothingQuality = 'high';
  return { canvas, context };
}

/** The pixels as a picture of the browser's. @param {Pixels} pixels */
export function toCanvas({ rows, columns, planes }) {
  const { canvas, context } = sheet(columns, rows);
  const image = new ImageData(columns, rows);
  const area = rows * columns;
  for (let i = 0; i < area; i += 1) {
    for (let plane = 0; plane < 3; plane += 1) image.data[4 * i + plane] = planes[plane * area + i];
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** @param {HTMLCanvasElement} canvas @param {string} type @param {number} [quality] @returns {Promise<Uint8Array>} */
async function bytesOf(canvas, type, quality) {
  /** @type {Blob | null} */
  const blob = await new Promise((done) => canvas.toBlob(done, type, quality));
  if (!blob) throw new Error('This browser cannot keep the photograph in a link.');
  return new Uint8Array(await blob.arrayBuffer());
}

/**
 * The photograph in as many pixels, then as finely, as the budget allows; never in more than it has.
 * @param {Pixels} pixels
 * @returns {Promise<{code: Uint8Array, form: string, isWhole: boolean}>}  isWhole: whether nothing was lost
 */
export async function encodePhoto(pixels) {
  const whole = toCanvas(pixels);
  const { width, height } = whole;
  if (width * height <= SMALL_PIXELS) {
    const code = await bytesOf(whole, 'image/png');
    if (code.length <= BUDGET_BYTES) return { code, form: 'PNG, without loss', isWhole: true };
  }
  let scale = Math.min(1, SHORTER / Math.min(width, height), LONGER / Math.max(width, height));
  for (; ; scale *= STEP) {
    const [columns, rows] = [width, height].map((side) => Math.max(1, Math.round(scale * side)));
    const { canvas, context } = sheet(columns, rows);
    context.drawImage(whole, 0, 0, columns, rows);
    for (const quality of QUALITIES) {
      const code = await bytesOf(canvas, 'image/jpeg', quality);
      if (code.length <= BUDGET_BYTES || Math.max(columns, rows) === 1)
        return { code, form: 'JPEG', isWhole: false };
    }
  }
}

/** The photograph of a code, to be painted on. @param {Uint8Array} code @returns {Promise<PhotoPaint>} rejects where the bytes are no picture */
export async function decodePhoto(code) {
  const blob = new Blob([new Uint8Array(code)]);
  const options = /** @type {const} */ ({ colorSpaceConversion: 'none' });
  const bitmap = await createImageBitmap(blob, options).catch(() => {
    throw new Error(UNREADABLE);
  });
  const { width: columns, height: rows } = bitmap;
  if (Math.max(columns, rows) > LONGER) throw new Error(UNREADABLE);
  const { context } = sheet(columns, rows);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, columns, rows);
  const area = rows * columns;
  const planes = Uint8Array.from(
    { length: 3 * area },
    (_, i) => data[4 * (i % area) + Math.floor(i / area)],
  );
  return new PhotoPaint({ rows, columns, planes });
}
