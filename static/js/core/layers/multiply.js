import { figure } from '../rounding.js';
import { cellOf, valueAt } from './place.js';

/**
 * @import {Position} from '../operands.js'
 * @typedef {{value: number, factors: number[], places: Position[]}} MultiplyTrace
 *   a factor of each input, and where it stands there
 */

/**
 * Where an input has the factor of a place: where it has one value along an axis, that one.
 * @param {readonly number[]} shape
 * @param {Position} at
 */
function placeIn([channels, rows = 1, columns = 1], { channel, row, column }) {
  return {
    channel: channels === 1 ? 0 : channel,
    row: rows === 1 ? 0 : row,
    column: columns === 1 ? 0 : column,
  };
}

/** The product of what stands at one place of each input. @type {import('./registry.js').Kind<MultiplyTrace>} */
export const multiply = {
  kind: 'Multiply',
  sign: '×',
  trace({ inputs }, at) {
    const places = inputs.map(({ shape }) => placeIn(shape, at));
    const factors = inputs.map((read, index) => valueAt(read, places[index]));
    return { value: factors.reduce((product, factor) => product * factor, 1), factors, places };
  },
  formula({ places }, { channel, row, column }, { output_shape: shape }) {
    const at = (/** @type {Position} */ place) =>
      shape.length === 3
        ? `_{${place.channel}}(${place.row}, ${place.column})`
        : `_{${place.channel}}`;
    const read = places.map((place, index) => `x^{(${index + 1})}${at(place)}`);
    return `y${at({ channel, row, column })} = ${read.join(' \\cdot ')}`;
  },
  sentence: ({ factors }, _, decimals) =>
    factors.map((one) => figure(one, decimals)).join(' times '),
  role: ({ inputs }) =>
    `Multiplies what stands at the same place of ${inputs.join(' and ')}; one value for a map goes for all of it.`,
  reads: ({ places }) => places.map((place, input) => cellOf(input, place)),
};
