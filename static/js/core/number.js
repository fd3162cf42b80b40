const MINUS = '−';

/**
 * A number as the pages print it: fixed decimals and a true minus sign.
 * @param {number} value
 * @param {number} [decimals]
 */
export function fixed(value, decimals = 3) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value < 0 ? `${MINUS}∞` : '∞';
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** A number in as few characters as keep `digits` significant ones. @param {number} value @param {number} [digits] */
export function significant(value, digits = 3) {
  if (value === 0 || !Number.isFinite(value)) return fixed(value, 0);
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  if (magnitude < -4 || magnitude > 6) return scientific(value, digits - 1);
  return fixed(value, Math.max(0, digits - 1 - magnitude));
}

/** The same without zeros behind its decimals. @param {number} value @param {number} [digits] */
export const shortest = (value, digits = 6) =>
  significant(value, digits)
    .replace(/(\.\d*?)0+(?= |$)/, '$1')
    .replace(/\.(?= |$)/, '');

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number as mantissa · 10ⁿ. @param {number} value @param {number} [decimals]  of the mantissa */
export function scientific(value, decimals = 1) {
  if (value === 0) return '0';
  const [mantissa = '0', exponent = '0'] = value.toExponential(decimals).split('e');
  const power = [...String(Math.abs(Number(exponent)))]
    .map((d) => SUPERSCRIPTS[Number(d)])
    .join('');
  return `${mantissa.replace('-', MINUS)} · 10${Number(exponent) < 0 ? '⁻' : ''}${power}`;
}

/** A count with thousands separated. @param {number} value */
export function count(value) {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** So many of something, one alone in its own form. @param {number} number @param {string} one @param {string} [many] */
export const counted = (number, one, many = `${one}s`) =>
  `${count(number)} ${number === 1 ? one : many}`;

/** A number with its unit, which no line parts. @param {string | number} number @param {string} unit */
export function withUnit(number, unit) {
  return `${number}\u00a0${unit}`;
}

/** A sentence of the server's in which no line parts a percentage. @param {string} sentence */
export const unbroken = (sentence) => sentence.replace(/(\d) %/g, '$1\u00a0%');

/** A range of names, with the dash of ranges. @param {string} span */
export const spanText = (span) => span.replaceAll('-', '–');

/** A share of one as a percentage. @param {number} value  0…1 */
export function percent(value) {
  return withUnit(fixed(100 * value, 1), '%');
}

/** The sizes of a shape, outermost first. @param {readonly number[]} shape */
export function shapeText(shape) {
  return shape.join(' × ');
}
