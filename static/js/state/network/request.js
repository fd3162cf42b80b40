import { Ink } from '../../core/drawing/ink.js';
import { SAMPLE_SIDE, SIDE } from '../../core/drawing/strokes.js';
import { encodeNpy } from '../../core/tensor.js';
import { drawing } from './history.js';

const NPY = 'application/x-npy';

/** The drawing as the network gets it; brought up to date when it is asked for. */
const ink = new Ink(SIDE);

/**
 * The picture as the server gets it: an untouched sample's or image's own pixels, else the paper.
 * @returns {{body: Uint8Array<ArrayBuffer>, type: string}}
 */
export function requestBody() {
  const { base, strokes } = drawing.value;
  const isUntouched = strokes.length === 0;
  if (isUntouched && base?.kind === 'sample') {
    return { body: encodeNpy(base.pixels, [SAMPLE_SIDE, SAMPLE_SIDE]), type: NPY };
  }
  if (isUntouched && base?.kind === 'image') {
    // As bright or dark as it came: whether it is inverted is the preparation's to say and to show.
    const grey = base.isBright ? base.pixels.map((pixel) => 255 - pixel) : base.pixels;
    return { body: encodeNpy(grey, [base.height, base.width]), type: NPY };
  }
  ink.update(drawing.value);
  return { body: encodeNpy(ink.pixels, [SIDE, SIDE]), type: NPY };
}
