import { blockKind } from '../../core/layers/layout.js';

/**
 * @import {LayerShape} from '../../core/layers/layout.js'
 * @import {Network} from '../../state/network/network.js'
 */

/** @typedef {{mean: readonly number[], std: readonly number[]}} Normalization a value a channel each */

/** @type {Normalization} */
const NONE = { mean: [0], std: [1] };

/**
 * The image's own grey scale: where 0 lies after normalization, and how far 1 is from it.
 * @param {Normalization} [normalization]
 * @param {number} [channel]
 */
function greyScale({ mean, std } = NONE, channel = 0) {
  return { zero: -mean[channel] / std[channel], span: 1 / std[channel] };
}

/**
 * The colours of a layer: grey from 0 to 1 for the input, ink for probabilities, diverging else.
 * @param {import('../../core/layers/layout.js').LayerShape} layer
 * @param {Float32Array} [limits]  of its maps
 * @param {Normalization} [normalization]  of the input
 */
function layerScale(layer, limits = new Float32Array(1), normalization = NONE) {
  return (/** @type {import('../../render/theme.js').Theme} */ theme) => {
    if (blockKind(layer) === 'bars') return { table: theme.input, zeros: [0], spans: [1] };
    if (layer.name !== 'input') return { table: theme.activation, limits };
    const scales = normalization.mean.map((_, channel) => greyScale(normalization, channel));
    return {
      table: theme.input,
      zeros: scales.map(({ zero }) => zero),
      spans: scales.map(({ span }) => span),
    };
  };
}

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
