/**
 * @import {Role} from '../../core/stage/board.js'
 * @import {Ranges} from '../../core/stage/picture.js'
 * @import {Scale} from './cells.js'
 */

/**
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
