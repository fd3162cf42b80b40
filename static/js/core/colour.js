/**
 * Colour tables: a palette as packed pixels, so that painting a value is one look-up.
 * @typedef {readonly [number, number, number]} Rgb  0…255 each
 *
 * Values as a picture: grey 0…1 (`input`), signed around zero (`activation`, `weight`), or, where
 * there are three planes of values, red, green and blue 0…1 (`colour`).
 * @typedef {{rows: number, columns: number, values: Float32Array,
 *   palette: 'input' | 'activation' | 'weight' | 'colour', limit?: number}} Picture  limit: a signed
 *   value that has the full colour at least; larger ones stretch the range
 */

/** Levels of a diverging table: odd, so that zero has the middle entry to itself. */
const DIVERGING_LEVELS = 255;
export const DIVERGING_ZERO = 127;
/** Levels of a sequential table. */
const SEQUENTIAL_LEVELS = 256;

/** @param {number} channel  sRGB, 0…255 */
const toLinear = (channel) => {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};

/** @param {number} c  linear light, 0…1 */
const toGamma = (c) =>
  Math.round(
    255 * Math.min(1, Math.max(0, c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055)),
  );

/**
 * Oklab coordinates of an sRGB colour. Source: Ottosson, "A perceptual color space" (2020).
 * @param {Rgb} rgb
 * @returns {[number, number, number]}
 */
function toOklab(rgb) {
  const [r, g, b] = [toLinear(rgb[0]), toLinear(rgb[1]), toLinear(rgb[2])];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @param {readonly [number, number, number]} lab @returns {Rgb} */
function fromOklab([lightness, a, b]) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toGamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toGamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toGamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** A colour between two, perceptually even. @param {Rgb} from @param {Rgb} to @param {number} t  0…1 @returns {Rgb} */
export function mix(from, to, t) {
  const [a, b] = [toOklab(from), toOklab(to)];
  const at = (/** @type {number} */ i) => a[i] + (b[i] - a[i]) * t;
  return t <= 0 ? from : t >= 1 ? to : fromOklab([at(0), at(1), at(2)]);
}

/** A colour as one little-endian RGBA pixel, opaque. @param {Rgb} rgb */
export function pack([r, g, b]) {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/**
 * 255 pixels from the most negative through zero (entry 127) to the most positive.
 * @param {Rgb} negative
 * @param {Rgb} zero
 * @param {Rgb} positive
 */
export function divergingTable(negative, zero, positive) {
  return Uint32Array.from({ length: DIVERGING_LEVELS }, (_, i) => {
    const t = (i - DIVERGING_ZERO) / DIVERGING_ZERO;
    return pack(t < 0 ? mix(zero, negative, -t) : mix(zero, positive, t));
  });
}

/** 256 pixels from 0 to 1. @param {Rgb} zero @param {Rgb} one */
export function sequentialTable(zero, one) {
  return Uint32Array.from({ length: SEQUENTIAL_LEVELS }, (_, i) =>
    pack(mix(zero, one, i / (SEQUENTIAL_LEVELS - 1))),
  );
}

/**
 * The entry of a diverging table for a value, clamped; a value that is not a number is zero's.
 * @param {number} value
 * @param {number} limit  the value of the last entry, > 0
 */
export function divergingIndex(value, limit) {
  const t = limit > 0 ? Math.max(-1, Math.min(1, value / limit)) : 0;
  return DIVERGING_ZERO + Math.round(DIVERGING_ZERO * (Number.isNaN(t) ? 0 : t));
}

/**
 * Whether dark ink reads better than light ink on a packed pixel. Source: WCAG 2.2, relative luminance.
 * @param {number} pixel
 */
export function isLight(pixel) {
  const luminance =
    0.2126 * toLinear(pixel & 255) +
    0.7152 * toLinear((pixel >> 8) & 255) +
    0.0722 * toLinear((pixel >> 16) & 255);
  return luminance > 0.179;
}

/** A packed pixel as CSS writes it. @param {number} pixel */
export const css = (pixel) => `rgb(${pixel & 255} ${(pixel >> 8) & 255} ${(pixel >> 16) & 255})`;
