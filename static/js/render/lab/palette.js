import { pack } from '../../core/colour.js';

/** @import {Theme} from '../theme.js' */

/**
 * The colours of the stage as packed pixels.
 * @typedef {object} Look
 * @property {number} paper
 * @property {number} sunk
 * @property {number} zero
 * @property {number} line
 * @property {number} lineStrong
 * @property {number} edge
 * @property {number} hatch
 * @property {boolean} isMaximum  whether the operation is a maximum, whose padding is −∞
 */

/** @param {Theme} theme @param {boolean} isMaximum @returns {Look} */
export function lookOf(theme, isMaximum) {
  return {
    paper: packed(theme.paper),
    sunk: packed(theme.sunk),
    zero: theme.activation[127],
    line: packed(theme.line),
    lineStrong: packed(theme.lineStrong),
    edge: packed(theme.ink2),
    hatch: packed(theme.ink2),
    isMaximum,
  };
}

/** @param {string} colour  "rgb(r, g, b)" */
function packed(colour) {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return pack([red, green, blue]);
}
