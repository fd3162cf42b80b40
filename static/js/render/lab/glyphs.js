import { fixed } from '../../core/number.js';

/**
 * Digits as masks, so that a thousand numbers are written into a picture in a millisecond.
 *
 * One sign: how much of each device pixel it covers (0…255), row-major.
 * @typedef {{width: number, advance: number, mask: Uint8Array}} Glyph
 * @typedef {{height: number, glyphs: Map<string, Glyph>}} Glyphs
 */

const SIGNS = '0123456789.−×∞·NaeE+';
const DIGITS = '0123456789';

/** @type {Map<string, Glyphs>} */
const known = new Map();

/** Forgets the masks: the typeface has come. */
export function forgetGlyphs() {
  known.clear();
}

/** The masks of all signs at a size. @param {number} size  device px @returns {Glyphs} */
export function glyphsOf(size, weight = 400) {
  const key = `${size} ${weight}`;
  const found = known.get(key) ?? draw(size, weight);
  known.set(key, found);
  return found;
}

/** @param {number} size @param {number} weight @returns {Glyphs} */
function draw(size, weight) {
  const height = Math.ceil(size * 1.3);
  const room = Math.ceil(size * 1.2);
  const canvas = new OffscreenCanvas(room * SIGNS.length, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  /** @type {Map<string, Glyph>} */
  const glyphs = new Map();
  if (!context) return { height, glyphs };
  context.font = `${weight} ${size}px Inter, system-ui, sans-serif`;
  context.textBaseline = 'alphabetic';
  const digit = Math.max(...[...DIGITS].map((sign) => context.measureText(sign).width));
  const widths = [...SIGNS].map((sign) =>
    DIGITS.includes(sign) ? digit : context.measureText(sign).width,
  );
  // Digits stand in the middle of equal widths, so that numbers do not dance.
  [...SIGNS].forEach((sign, index) => {
    const spare = widths[index] - context.measureText(sign).width;
    context.fillText(sign, index * room + 1 + spare / 2, size * 1.005);
  });
  const { data } = context.getImageData(0, 0, canvas.width, height);
  [...SIGNS].forEach((sign, index) => {
    const width = Math.min(room, Math.ceil(widths[index]) + 2);
    const mask = new Uint8Array(width * height);
    for (let i = 0; i < mask.length; i += 1) {
      const x = index * room + (i % width);
      mask[i] = data[(Math.floor(i / width) * canvas.width + x) * 4 + 3];
    }
    glyphs.set(sign, { width, advance: widths[index], mask });
  });
  return { height, glyphs };
}

/** How wide a text is, device px. @param {Glyphs} glyphs @param {string} text */
export function textWidth({ glyphs }, text) {
  let width = 0;
  for (const sign of text) width += glyphs.get(sign)?.advance ?? 0;
  return width;
}

/**
 * Writes a text around a point.
 * @param {import('./pixels.js').Pixels} pixels
 * @param {Glyphs} font
 * @param {string} text
 * @param {number} x  of its middle, device px
 * @param {number} y  of its middle, device px
 * @param {number} ink  packed
 * @param {number} strength  0…1
 */
export function writeText(pixels, font, text, x, y, ink, strength) {
  const { glyphs, height } = font;
  let left = x - textWidth(font, text) / 2;
  const top = Math.round(y - height * 0.49);
  for (const sign of text) {
    const glyph = glyphs.get(sign);
    if (!glyph) continue;
    writeGlyph(pixels, glyph, height, Math.round(left - 1), top, ink, strength);
    left += glyph.advance;
  }
}

/** @param {number} below @param {number} above @param {number} share */
const mixed = (below, above, share) => (below + (above - below) * share + 0.5) | 0;

/**
 * @param {import('./pixels.js').Pixels} pixels
 * @param {Glyph} glyph
 * @param {number} height
 * @param {number} left
 * @param {number} top
 * @param {number} ink
 * @param {number} strength
 */
function writeGlyph({ data, width, height: rows }, glyph, height, left, top, ink, strength) {
  const [red, green, blue] = [ink & 255, (ink >> 8) & 255, (ink >> 16) & 255];
  const end = Math.min(glyph.width, width - left);
  const last = Math.min(height, rows - top);
  for (let row = Math.max(0, -top); row < last; row += 1) {
    for (let column = Math.max(0, -left); column < end; column += 1) {
      const cover = glyph.mask[row * glyph.width + column] * strength;
      if (cover < 1) continue;
      const at = (top + row) * width + left + column;
      const under = data[at];
      const share = cover / 255;
      const r = mixed(under & 255, red, share);
      const g = mixed((under >> 8) & 255, green, share);
      const b = mixed((under >> 16) & 255, blue, share);
      data[at] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
    }
  }
}

/** The sizes that numbers are written in, CSS px. */
const SIZES = [13, 12, 11, 10, 9];

/**
 * In what size and with how many decimals all of some values fit into a cell: as many decimals, up to
 * two, as they need; null where none fit.
 * @param {readonly number[]} values
 * @param {number} room  CSS px
 * @param {number} scale  device px a CSS px
 * @returns {{size: number, decimals: number} | null}
 */
export function fittingNumbers(values, room, scale) {
  const needed = decimalsNeeded(values);
  const fewest = needed === 0 ? 0 : 1;
  for (let decimals = needed; decimals >= fewest; decimals -= 1) {
    const widest = values.reduce((most, value) => {
      const text = fixed(value, decimals);
      return text.length > most.length ? text : most;
    }, '');
    // A size smaller and a decimal more says more than a decimal less.
    const size = SIZES.find(
      (px) => textWidth(glyphsOf(Math.round(px * scale)), widest) <= (room - 5) * scale,
    );
    if (size && size * 1.25 <= room) return { size, decimals };
  }
  return null;
}

/** How many decimals, up to two, some values need. @param {readonly number[]} values */
function decimalsNeeded(values) {
  const isExact = (/** @type {number} */ factor) =>
    values.every((value) => {
      const scaled = value * factor;
      return !Number.isFinite(value) || Math.abs(scaled - Math.round(scaled)) < 1e-9;
    });
  return [1, 10].findIndex(isExact) === -1 ? 2 : [1, 10].findIndex(isExact);
}
