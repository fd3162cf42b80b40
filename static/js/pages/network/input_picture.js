import { computed } from '@preact/signals-core';

import { imageOf } from '../../core/attribution/picture.js';

/** @import {PixelPicture} from '../../render/field_picture.js' */

/** An image as a picture of its pixels. @param {{shape: readonly number[], data: Float32Array}} image @returns {PixelPicture} */
function picturedImage({ shape: [channels, rows, columns], data }) {
  const size = rows * columns;
  const planes = Array.from({ length: channels }, (_, at) =>
    data.subarray(at * size, (at + 1) * size),
  );
  return { rows, columns, planes, palette: 'input' };
}

/** What a network sees before it is normalized, as numbers and as a picture. @param {import('../../state/network/network.js').Network} network */
export function createInputPicture({ signals: { activations, outline } }) {
  const image = computed(() => {
    const input = activations.value.get('input');
    const normalization = outline.value?.normalization;
    return input && normalization ? imageOf(input, normalization) : null;
  });
  return { image, picture: computed(() => image.value && picturedImage(image.value)) };
}
