import { divergingTable, sequentialTable } from '../core/colour.js';

/** @import {Rgb} from '../core/colour.js' */

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
 *
 * A picture drawn by a function, drawn anew with its model and with the colours.
 * @typedef {object} Drawing
 * @property {number} width  CSS px
 * @property {number} height  CSS px
 * @property {(context: CanvasRenderingContext2D, colours: Theme, scale: number) => void} draw  in CSS px;
 *   `scale` is device pixels a CSS px
 */

/** @param {string} text  "rgb(r, g, b)" as a computed style gives it @returns {Rgb} */
function parseRgb(text) {
  const [r = 0, g = 0, b = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b];
}

/**
 * A theme by its tokens.
 * @param {(name: string) => string} token  its colour as a computed style gives it
 * @returns {Theme}
 */
export function themeOf(token) {
  const rgb = (/** @type {string} */ name) => parseRgb(token(name));
  const diverging = (/** @type {string} */ kind) =>
    divergingTable(rgb(`${kind}-negative`), rgb('data-zero'), rgb(`${kind}-positive`));
  return {
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
}
