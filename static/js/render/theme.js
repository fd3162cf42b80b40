import { divergingTable, sequentialTable } from '../core/colour.js';

/**
 * The colours drawings need, read from the tokens once a theme.
 * @typedef {object} Theme
 * @property {string} paper
 * @property {string} panel
 * @property {string} sunk
 * @property {string} line
 * @property {string} lineStrong
 * @property {string} ink
 * @property {string} ink2
 * @property {string} ink3
 * @property {string} highlight
 * @property {string} highlightWash
 * @property {Uint32Array} activation  diverging
 * @property {Uint32Array} weight  diverging
 * @property {Uint32Array} gradient  diverging
 * @property {Uint32Array} input  sequential, 0…1
 */

/** @type {Theme | null} */
let current = null;

/**
 * @param {string} text  "rgb(r, g, b)" as a computed style gives it
 * @returns {import('../core/colour.js').Rgb}
 */
function parseRgb(text) {
  const [r = 0, g = 0, b = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b];
}

/** @returns {Theme} */
function read() {
  // A custom property computes to its text, light-dark() and all; a real colour property resolves it.
  const probe = document.createElement('span');
  document.body.append(probe);
  const token = (/** @type {string} */ name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const rgb = (/** @type {string} */ name) => parseRgb(token(name));
  const zero = rgb('data-zero');
  const diverging = (/** @type {string} */ kind) =>
    divergingTable(rgb(`${kind}-negative`), zero, rgb(`${kind}-positive`));
  const theme = {
    paper: token('paper'),
    panel: token('panel'),
    sunk: token('sunk'),
    line: token('line'),
    lineStrong: token('line-strong'),
    ink: token('ink'),
    ink2: token('ink-2'),
    ink3: token('ink-3'),
    highlight: token('highlight'),
    highlightWash: token('highlight-wash'),
    activation: diverging('activation'),
    weight: diverging('weight'),
    gradient: diverging('gradient'),
    input: sequentialTable(rgb('input-zero'), rgb('input-one')),
  };
  probe.remove();
  return theme;
}

/** The theme in force. */
export function theme() {
  current ??= read();
  return current;
}

/** Forgets the colours and tells every drawing (`themechange` on the document) to draw anew. */
export function themeChanged() {
  current = null;
  document.dispatchEvent(new Event('themechange'));
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', themeChanged);
