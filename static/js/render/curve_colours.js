/**
 * @import {Line} from '../core/training/charts.js'
 * @import {Theme} from './theme.js'
 */

/** A colour of a table, which holds its bytes in the order red, green, blue. @param {Uint32Array} table @param {number} share  0…1 */
function colourOf(table, share) {
  const pixel = table[Math.round(share * (table.length - 1))];
  return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
}

/** @param {readonly number[]} rgb */
const css = (rgb) => `rgb(${rgb.map(Math.round).join(', ')})`;

/** A colour between two. @param {readonly number[]} from @param {readonly number[]} to @param {number} share  of the second */
const between = (from, to, share) => from.map((value, i) => value + share * (to[i] - value));

/** Layers from the first to the last, from one end of the gradients' palette to the other, so far towards what is compared. @param {Theme} theme @param {readonly [number, number]} of @param {number} towards  0…1 */
function layerColour({ gradient, weight }, [index, count], towards) {
  const share = count > 1 ? index / (count - 1) : 1;
  const own = between(colourOf(gradient, 0), colourOf(gradient, 1), share);
  return css(between(own, colourOf(weight, 1), towards));
}

/** The colour of a curve's line. @param {Theme} theme @param {Pick<Line, 'role' | 'shape' | 'of' | 'isOther'>} line */
export function curveColour(theme, { role, shape, of, isOther }) {
  if (role === 'layer' && of) return layerColour(theme, of, isOther ? 0.5 : 0);
  if (isOther) return css(colourOf(theme.weight, role === 'validation' ? 0 : 1));
  if (role === 'validation') return css(colourOf(theme.activation, 0));
  return shape === 'raw' ? theme.ink3 : theme.ink;
}
