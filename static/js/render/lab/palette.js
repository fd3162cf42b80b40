import { pack } from '../../core/colour.js';

/**
 * @import {Role} from '../../core/stage/board.js'
 * @import {Ranges} from '../../core/stage/picture.js'
 * @import {Theme} from '../theme.js'
 * @import {Scale} from './cells.js'
 *
 * From which value to which each sort of number is coloured, and with which table.
 * @typedef {Record<Role, Scale>} Scales
 */

/** @param {Ranges} ranges @param {import('../theme.js').Theme} theme @returns {Scales} */
export function scalesOf(ranges, { input, weight, activation, gradient }) {
  return {
    input: { ...ranges.input, table: input },
    window: { ...ranges.window, table: input },
    kernel: { ...ranges.kernel, table: weight },
    output: { ...ranges.output, table: activation },
    input_gradient: { ...ranges.input_gradient, table: gradient },
    kernel_gradient: { ...ranges.kernel_gradient, table: gradient },
    output_gradient: { ...ranges.output_gradient, table: gradient },
  };
}

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
