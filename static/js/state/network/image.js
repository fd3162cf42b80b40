import { ApiError, getJson, getTensors } from '../../api/client.js';
import { imageOf, readPicture } from '../../media/picture.js';
import { encodePicture } from '../../media/picture_code.js';

/** A file larger than this is held to the server's limit before it is sent. */
const ASK_ABOVE_BYTES = 1_000_000;

/**
 * The media type to send a file as. The server looks into the bytes; that it is to be an image is
 * what a file without a known type has to say.
 * @param {Blob} file
 */
const imageType = ({ type }) => (type.startsWith('image/') ? type : 'image/unknown');

/**
 * What the server made of the image, for browsers that cannot decode it.
 * @param {import('../../core/tensor.js').TensorFile} answer
 * @returns {import('../../media/picture.js').Grey}
 */
function serverPicture({ tensors }) {
  const tensor = tensors.get('steps.grey');
  if (!tensor) throw new Error('This browser cannot show the image. Save it as PNG or JPEG.');
  const [height = 0, width = 0] = tensor.shape.slice(-2);
  return { width, height, pixels: Uint8Array.from(tensor.data, (value) => 255 * value + 0.5) };
}

/**
 * The image as it came, with its colours, for the filmstrip.
 * @param {import('../../core/tensor.js').TensorFile} answer
 */
function originalOf({ document, tensors }) {
  /** @type {{name: string, detail: string}[]} */
  const steps = document?.steps ?? [];
  const decoded = steps.find(({ name }) => name === 'decoded');
  const image = tensors.get('steps.decoded');
  return decoded && image && { ...decoded, image };
}

/**
 * Refuses what the server would: one so large that it would not even be read to its end.
 * @param {File} file
 * @param {RequestInit} init
 */
async function checkSize(file, init) {
  if (file.size <= ASK_ABOVE_BYTES) return;
  const { max_upload_bytes: most } = await getJson('/limits', init);
  if (file.size <= most) return;
  const [has, may] = [file.size, most].map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`);
  const detail = `The file has ${has}; at most ${may} are read. Save the image smaller.`;
  throw new ApiError(413, { detail });
}

/**
 * The file as the paper shows it and as a link keeps it, once the server has accepted it.
 * @param {File} file
 * @param {RequestInit} init  with the signal that aborts it
 */
export async function readImage(file, init) {
  await checkSize(file, init);
  const headers = { 'Content-Type': imageType(file) };
  const answer = await getTensors('/images/prepare?as=digit&steps=thumbnail', {
    ...init,
    method: 'POST',
    body: file,
    headers,
  });
  // Transparent parts lie on what the server has laid them on.
  const isOnBlack = answer.document?.source?.background === 0;
  const picture = await readPicture(file, isOnBlack ? 'black' : 'white');
  const code = await encodePicture(picture ?? serverPicture(answer));
  return { ...(await imageOf(code)), title: file.name, original: originalOf(answer) };
}
