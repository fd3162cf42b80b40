import { PhotoPaint } from '../../core/drawing/photo_paint.js';
import { decodePhoto, encodePhoto } from '../../media/photo.js';
import { prepareImage } from '../upload.js';

/**
 * @import {PhotoBase} from '../../core/drawing/strokes.js'
 * @import {Tensor} from '../../core/tensor.js'
 */

const OF_COPY = 'What the network answers is of this copy; the file itself may give other numbers.';

/**
 * Pixels in three planes, as bytes.
 * @param {readonly number[]} shape  (channels, rows, columns)
 * @param {ArrayLike<number>} values
 * @param {number} [most]  what is white
 */
function pixelsOf([channels = 1, rows = 0, columns = 0], values, most = 255) {
  const size = rows * columns;
  const plane = (/** @type {number} */ i) => (channels < 3 ? i % size : i);
  const planes = Uint8Array.from(
    { length: 3 * size },
    (_, i) => (255 * values[plane(i)]) / most + 0.5,
  );
  return { rows, columns, planes };
}

/**
 * A shipped photograph on the paper.
 * @param {{name: string, title: string}} sample
 * @param {readonly number[]} shape
 * @param {Uint8Array} bytes
 * @returns {PhotoBase}
 */
export const shippedPhoto = ({ name, title }, shape, bytes) => ({
  kind: 'photo',
  name,
  title,
  code: new Uint8Array(0),
  paint: new PhotoPaint(pixelsOf(shape, bytes)),
  note: '',
});

/** A photograph as its code holds it. @param {Uint8Array} code @param {Partial<PhotoBase>} [rest] @returns {Promise<PhotoBase>} */
export async function codedPhoto(code, rest = {}) {
  const paint = await decodePhoto(code);
  return { kind: 'photo', name: '', title: 'a photograph', note: '', ...rest, code, paint };
}

/**
 * A photograph as a link keeps it, and what is said of that.
 * @param {{shape: readonly number[], data: ArrayLike<number>}} image
 * @param {number} most  what is white
 * @param {string} title
 * @param {{name: string, detail: string, image: Tensor}} [original]
 * @param {boolean} [isFile]  whether these are all pixels of the file
 */
export async function keptPhoto({ shape, data }, most, title, original, isFile = true) {
  const { code, form, isWhole } = await encodePhoto(pixelsOf(shape, data, most));
  const photo = await codedPhoto(code, { title, original });
  const [rows, columns] = photo.paint?.size ?? [];
  const kept = `Read, and kept in the link, as ${columns}×${rows} pixels: ${form}.`;
  const parts = [original?.detail, kept, isWhole && isFile ? '' : OF_COPY];
  return { ...photo, note: parts.filter(Boolean).join(' ') };
}

/**
 * The file as the paper shows it and as a link keeps it, once the server has accepted it: upright, in
 * colour, on a ground where it is transparent.
 * @param {File} file
 * @param {RequestInit} init  with the signal that aborts it
 * @returns {Promise<PhotoBase>}
 */
export async function readPhoto(file, init) {
  const { document, tensors } = await prepareImage(file, 'as=matrix&steps=thumbnail', init);
  /** @type {{name: string, detail: string}[]} */
  const steps = document?.steps ?? [];
  const decoded = steps.find(({ name }) => name === 'decoded');
  const [whole, small] = [tensors.get('image'), tensors.get('steps.decoded')];
  if (!whole) throw new Error('The server sent no picture. Try again.');
  const original = decoded && small && { ...decoded, image: small };
  return keptPhoto(whole, 1, file.name, original, (document?.source?.reduction ?? 1) === 1);
}
