// Layers whose values are no real numbers of at most three axes, and are shown as such.

/**
 * What such a layer gives, as the outline has it.
 * @typedef {{readonly dtype: string, readonly shape: readonly number[], readonly note: string}} Encoding
 *
 * @typedef {{readonly encoding?: Encoding | null}} Encoded
 */

/** A sentence of a layer, and how its values are shown. @param {Encoded} layer @param {string} sentence */
export const withEncoding = ({ encoding }, sentence) =>
  [sentence, encoding?.note].filter(Boolean).join(' ');

/** Whether a layer’s values change by degrees: integers and truth values do not. @param {Encoded} layer */
export const hasGradient = ({ encoding }) => !encoding || /^(complex|b?float)/.test(encoding.dtype);

/**
 * Which part of a layer's values a channel shows: its place along the axes that were laid end to end,
 * real or imaginary; '' of a layer that is shown as it is, or by channels of its own.
 * @param {Encoded} layer
 * @param {number} channel
 */
export function partText({ encoding }, channel) {
  if (!encoding) return '';
  const { dtype, shape } = encoding;
  const isComplex = dtype.startsWith('complex');
  const laid = shape.slice(0, Math.max(1, shape.length - 2));
  if (laid.length === 1 && !isComplex) return '';
  let rest = isComplex ? Math.floor(channel / 2) : channel;
  const place = laid.toReversed().map((length) => {
    const index = rest % length;
    rest = (rest - index) / length;
    return index;
  });
  const noun = shape.length === 1 ? 'number' : 'channel';
  const where = laid.length === 1 ? `${noun} ${place[0]}` : `[${place.toReversed().join(', ')}]`;
  return isComplex ? `${where}, ${channel % 2 ? 'imaginary' : 'real'}` : where;
}

/** What a channel is called behind its number: a part of it, if any. @param {Encoded} layer @param {number} channel */
export function partNote(layer, channel) {
  const part = partText(layer, channel);
  return part && ` (${part})`;
}
