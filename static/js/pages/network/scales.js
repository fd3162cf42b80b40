import { greyScale, layerScale } from '../../render/layer_scale.js';

/**
 * @import {LayerShape} from '../../core/layers/layout.js'
 * @import {Network} from '../../state/network/network.js'
 */

/** How a network's layers are coloured now. @param {Network} network */
export function coloursOf({ signals: { limits, outline } }) {
  const [known, normalization] = [limits.value, outline.value?.normalization];
  return (/** @type {LayerShape} */ layer) =>
    layerScale(layer, known.get(layer.name), normalization);
}

/** The input image's own grey scale, where a layer reads the image. @param {Network} network */
export const greyOf =
  ({ signals: { outline } }) =>
  (/** @type {string} */ name, channel = 0) =>
    name === 'input' ? greyScale(outline.value?.normalization, channel) : null;
