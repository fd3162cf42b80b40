import { Ink } from '../core/ink.js';
import { SAMPLE_SIDE, SIDE } from '../core/strokes.js';
import { encodeNpy } from '../core/tensor.js';
import { drawing } from './history.js';

const NPY = 'application/x-npy';

/** The drawing as the network gets it; brought up to date when it is asked for. */
const ink = new Ink(SIDE);

/**
 * The media type to send a file as. The server looks into the bytes; that it is to be an image is
 * what a file without a known type has to say.
 * @param {Blob} file
 */
export const imageType = ({ type }) => (type.startsWith('image/') ? type : 'image/unknown');

/**
 * The picture as the server gets it: an untouched sample's pixels or image's file, else the paper.
 * @returns {{body: Uint8Array<ArrayBuffer> | Blob, type: string}}
 */
export function requestBody() {
  const { base, strokes } = drawing.value;
  const isUntouched = strokes.length === 0;
  if (isUntouched && base?.kind === 'sample') {
    return { body: encodeNpy(base.pixels, [SAMPLE_SIDE, SAMPLE_SIDE]), type: NPY };
  }
  if (isUntouched && base?.kind === 'image' && base.file) {
    return { body: base.file, type: imageType(base.file) };
  }
  ink.update(drawing.value);
  return { body: encodeNpy(ink.pixels, [SIDE, SIDE]), type: NPY };
}
