import { counted } from '../number.js';
import { cellOf, positionText, valueAt } from './place.js';

/**
 * `source` is the place in the input, null where the value is the constant.
 * @typedef {{value: number, source: import('../operands.js').Position | null}} PadTrace
 */

/** How many rows and columns come before the maps. @param {import('./registry.js').Layer} layer */
function edges({ settings: { padding } }) {
  return Array.isArray(padding) ? padding : [padding.top, padding.left];
}

/** Constant values around maps or beside them. @type {import('./registry.js').Kind<PadTrace>} */
export const pad = {
  kind: 'Pad',
  trace({ layer, inputs: [read] }, at) {
    const [top, left] = edges(layer);
    const source = {
      channel: at.channel - layer.settings.channels[0],
      row: at.row - top,
      column: at.column - left,
    };
    const place = [source.channel, source.row, source.column];
    const isInside = place.every((index, axis) => index >= 0 && index < read.shape[axis]);
    return isInside
      ? { value: valueAt(read, source), source }
      : { value: layer.settings.value, source: null };
  },
  formula({ source }, { channel, row, column }, { settings: { value } }) {
    const from = source ? `x_{${source.channel}}(${source.row}, ${source.column})` : `${value}`;
    return `y_{${channel}}(${row}, ${column}) = ${from}`;
  },
  sentence: ({ source }, _, __, { inputs, input_shape: shape }) =>
    source
      ? `from ${positionText({ layer: inputs[0], ...source }, shape).replaceAll(' · ', ', ')}`
      : 'padding',
  role({ settings: { channels, value } }) {
    const beside = channels[0] + channels[1];
    return beside > 0
      ? `Puts ${counted(beside, 'map')} of ${value} beside those there are.`
      : `Puts the value ${value} around every map.`;
  },
  reads: ({ source }) => (source ? [cellOf(0, source)] : []),
};
