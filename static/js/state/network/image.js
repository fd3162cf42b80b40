import { imageOf, readPicture } from '../../media/picture.js';
import { encodePicture } from '../../media/picture_code.js';
import { prepareImage } from '../upload.js';

/** @import {TensorFile} from '../../core/tensor.js' */

/**
 * What the server made of the image, for browsers that cannot decode it.
 * @param {TensorFile} answer
 * @returns {import('../../media/picture.js').Grey}
 */
function serverPicture({ tensors }) {
  const tensor = tensors.get('steps.grey');
  if (!tensor) throw new Error('This browser cannot show the image. Save it as PNG or JPEG.');
  const [height = 0, width = 0] = tensor.shape.slice(-2);
  return { width, height, pixels: Uint8Array.from(tensor.data, (value) => 255 * value + 0.5) };
}

/** The image as it came, with its colours, for the filmstrip. @param {TensorFile} answer */
function originalOf({ document, tensors }) {
  /** @type {{name: string, detail: string}[]} */
  const steps = document?.steps ?? [];
  const decoded = steps.find(({ name }) => name === 'decoded');
  const image = tensors.get('steps.decoded');
  return decoded && image && { ...decoded, image };
}

/**
 * The file as the paper shows it and as a link keeps it, once the server has accepted it.
 * @param {File} file
 * @param {RequestInit} init  with the signal that aborts it
 */
export async function readImage(file, init) {
  const answer = await prepareImage(file, 'as=digit&steps=thumbnail', init);
  // Transparent parts lie on what the server has laid them on.
  const isOnBlack = answer.document?.source?.background === 0;
  const picture = await readPicture(file, isOnBlack ? 'black' : 'white');
  const code = await encodePicture(picture ?? serverPicture(answer));
  const { colour } = picture ?? {};
  return { ...(await imageOf(code)), title: file.name, original: originalOf(answer), colour };
}
