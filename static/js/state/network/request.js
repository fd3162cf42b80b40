import { Ink } from '../../core/drawing/ink.js';
import { SAMPLE_SIDE, SIDE } from '../../core/drawing/strokes.js';
import { wiringOf, withDerived } from '../../core/layers/wiring.js';
import { dequantize, encodeNpy } from '../../core/tensor.js';

/**
 * Which layers are asked for, and what is shown of the answer. `isFollowing`: of a picture that is there;
 * `isPart`: there may be more to ask for behind it.
 * @typedef {{parameters: Record<string, string>, isFollowing?: boolean, isPart?: boolean,
 *   take: (answer: import('../../core/tensor.js').TensorFile, isInBytes: boolean) =>
 *     Omit<import('./store.js').Forward, 'isExact' | 'of'>}} Question
 */

/**
 * How a drawing is prepared, as parameters of a request; what is usual is left out where it can be.
 * @param {import('./paper.js').Preparation} preparation
 * @param {import('./paper.js').Drawing} drawing
 * @returns {Record<string, string>}
 */
export function preparedQuery({ piece, part, ...switches }, { altered }) {
  /** @type {Record<string, unknown>} */
  const fields = { ...switches };
  if (piece !== null) fields.piece = piece;
  if (part) [fields.crop_x, fields.crop_y, fields.crop_size] = [part.x, part.y, part.size];
  if (altered) {
    [fields.shift_x, fields.shift_y] = [altered.right, altered.down];
    [fields.turn, fields.noise] = [altered.turn, altered.noise];
  }
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, String(value)]));
}

/**
 * Where a forward pass is asked for.
 * @param {import('./store.js').Outline} outline
 * @param {Record<string, string>} prepared  how the drawing is
 * @param {boolean} isFirst  the first picture travels as bytes, the exact values right behind it
 * @param {Question} question
 */
export function addressOf({ name }, prepared, isFirst, { parameters }) {
  const query = new URLSearchParams({
    steps: 'thumbnail',
    ...prepared,
    dtype: isFirst ? 'uint8' : 'float32',
    ...parameters,
  });
  return `/networks/${encodeURIComponent(name)}/forward?${query}`;
}

/**
 * Makes what reads a drawing as the server gets it: an untouched sample's or image's own pixels, else the
 * paper, whose ink is kept and brought up to date when it is asked for. A network of photographs gets an
 * image in colour, as long as that is known: a link keeps none.
 * @returns {(drawing: import('./paper.js').Drawing, isPhoto: boolean) =>
 *   {body: Uint8Array<ArrayBuffer>, type: string}}
 */
export function createRequest() {
  const ink = new Ink(SIDE);
  const npy = (/** @type {Uint8Array} */ pixels, /** @type {readonly number[]} */ shape) => ({
    body: encodeNpy(pixels, shape),
    type: 'application/x-npy',
  });
  return (drawing, isPhoto) => {
    const { base, strokes } = drawing;
    const isUntouched = strokes.length === 0;
    if (base?.kind === 'photo' && base.paint) {
      const { rows, columns, planes } = base.paint.paint(drawing);
      return npy(planes, [3, rows, columns]);
    }
    if (isUntouched && base?.kind === 'sample') return npy(base.pixels, [SAMPLE_SIDE, SAMPLE_SIDE]);
    if (isUntouched && base?.kind === 'image') {
      if (isPhoto && base.colour) return npy(base.colour.data, base.colour.shape);
      // As bright or dark as it came: whether it is inverted is the preparation's to say and to show.
      const grey = base.isBright ? base.pixels.map((pixel) => 255 - pixel) : base.pixels;
      return npy(grey, [base.height, base.width]);
    }
    ink.update(drawing);
    return npy(ink.pixels, [SIDE, SIDE]);
  };
}

/**
 * Asks for the layers that have to be sent: what can be derived from them follows, to the bit.
 * @param {import('./store.js').Outline} outline
 * @returns {Question}
 */
export const allOf = ({ layers }) => ({
  parameters: {
    layers: layers
      .filter((layer) => !wiringOf(layer).derive)
      .map((layer) => layer.name)
      .join(','),
  },
  take: (answer, isInBytes) => ({
    document: answer.document,
    tensors: withDerived(isInBytes ? dequantize(answer) : answer.tensors, layers),
  }),
});

/**
 * An answer's layers, those that came small apart.
 * @param {import('../../core/tensor.js').TensorFile} answer
 * @param {boolean} isInBytes
 */
export function takeApart(answer, isInBytes) {
  const tensors = isInBytes ? dequantize(answer) : new Map(answer.tensors);
  /** @type {Map<string, import('./store.js').Small>} */
  const small = new Map();
  for (const { name, extremes } of answer.document.layers) {
    const picture = tensors.get(name);
    if (!extremes || !picture) continue;
    const { minimum, maximum } = extremes;
    const limits = Float32Array.from(
      minimum,
      (/** @type {number} */ low, /** @type {number} */ i) =>
        Math.max(Math.abs(low), Math.abs(maximum[i])),
    );
    small.set(name, { picture, limits });
    tensors.delete(name);
  }
  return { tensors, small };
}
