import { limits, outline } from '../state/network/store.js';

/**
 * The colours of a layer: grey from 0 to 1 for the input, ink for probabilities, diverging else.
 * @param {string} name
 * @param {import('../render/theme.js').Theme} colours
 */
export function scaleFor(name, colours) {
  if (name === 'softmax') return { table: colours.input, zero: 0, span: 1 };
  if (name !== 'input') {
    return { table: colours.activation, limits: limits.value.get(name) ?? new Float32Array(1) };
  }
  const { mean = [0], std = [1] } = outline.value?.normalization ?? {};
  return { table: colours.input, zero: -mean[0] / std[0], span: 1 / std[0] };
}
