// The symbols of one value in LaTeX: which input meets which weight, with the place's own numbers.

import { partnersOf } from './channels.js';
import { marked } from './formulas.js';
import { inputAt, spreadAt, turned } from './offsets.js';
import { operationOf } from '../operations/registry.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {Equation} from './equation.js'
 */

/** The symbols of the explained value. @param {Experiment} experiment @param {Equation} equation */
export function symbolsOf(experiment, { place, isGradient, way }) {
  const { side, channel, row, column, filter = 0 } = place;
  if (side === 'kernel')
    return kernelSymbols(experiment, { filter, channel, row, column }, isGradient);
  const at = `(${row}, ${column})`;
  if (side === 'output') {
    if (!isGradient) return outputSymbols(experiment, way, channel, [row, column]);
    return `G_{${channel}}${at} = \\frac{\\partial L}{\\partial S_{${channel}}${at}}`;
  }
  if (isGradient) return inputGradient(experiment, channel, [row, column]);
  if (!operationOf(experiment).isTransposed) return `I_{${channel}}${at}`;
  const kernel = weightTex(experiment, 'f', channel, ['m', 'n']);
  return `I_{${channel}}${at} \\cdot ${kernel} \\to S_f(${spreadAt(experiment, [row, column], ['m', 'n'])})`;
}

/**
 * Whether the symbols say where a value goes, so that it is not what they are equal to.
 * @param {Experiment} experiment
 * @param {Pick<Equation, 'place' | 'isGradient'>} equation
 */
export function doSayWhere(experiment, { place: { side }, isGradient }) {
  if (isGradient) return false;
  return side === 'kernel' || (side === 'input' && operationOf(experiment).isTransposed);
}

/**
 * A weight by the line of the window it lies under: a kernel that is turned over counts from its end.
 * @param {Experiment} experiment
 * @param {string | number} filter
 * @param {string | number} channel
 * @param {readonly (string | number)[]} kernel  row and column
 */
function weightTex(experiment, filter, channel, kernel) {
  return `K_{${filter},${channel}}(${turned(experiment, kernel).join(', ')})`;
}

/**
 * What one weight meets; and the sum its gradient is.
 * @param {Experiment} experiment
 * @param {{filter: number, channel: number, row: number, column: number}} place
 * @param {boolean} isGradient
 */
function kernelSymbols(experiment, { filter, channel, row, column }, isGradient) {
  const name = `K_{${filter},${channel}}(${row}, ${column})`;
  const meets = turned(experiment, [row, column]);
  const isSpread = operationOf(experiment).isTransposed;
  const input = isSpread ? `I_{${channel}}(i, j)` : inputAt(experiment, ['i', 'j'], meets, channel);
  const output = isSpread ? spreadAt(experiment, ['i', 'j'], meets) : 'i, j';
  if (isGradient) {
    return `\\frac{\\partial L}{\\partial ${name}} = \\sum_{i,j} ${input} \\cdot G_{${filter}}(${output})`;
  }
  return isSpread
    ? `${name} \\cdot ${input} \\to S_{${filter}}(${output})`
    : `${name} \\text{ meets } ${input}`;
}

/** @param {Experiment} experiment @param {number} channel @param {readonly number[]} place  row and column */
function inputGradient(experiment, channel, place) {
  const left = `\\frac{\\partial L}{\\partial I_{${channel}}(${place.join(', ')})} = `;
  if (!operationOf(experiment).hasWeight) {
    return `${left}\\sum_{\\text{read by }(i,j)} G_{${channel}}(i, j) \\cdot w`;
  }
  const [sum, filter] = channelSum('f', partnersOf(experiment, 'input', channel));
  if (operationOf(experiment).isTransposed) {
    const gradient = `G_{${filter}}(${spreadAt(experiment, place, ['m', 'n'])})`;
    return `${left}${sum}\\sum_{m,n} ${gradient} \\cdot ${weightTex(experiment, filter, channel, ['m', 'n'])}`;
  }
  return `${left}${sum}\\sum_{(i,j) \\text{ reads it by } (m,n)} G_{${filter}}(i, j) \\cdot K_{${filter},${channel}}(m, n)`;
}

/**
 * The sum over the channels of a group; where there is but one, its number.
 * @param {string} letter
 * @param {readonly number[]} channels
 * @returns {[string, string | number]}
 */
function channelSum(letter, channels) {
  const [first, last] = [channels[0], channels[channels.length - 1]];
  return first === last ? ['', first] : [`\\sum_{${letter}=${first}}^{${last}} `, letter];
}

/**
 * @param {Experiment} experiment
 * @param {Equation['way']} way
 * @param {number} channel
 * @param {readonly number[]} place  row and column
 */
function outputSymbols(experiment, way, channel, place) {
  const left = `S_{${channel}}(${place.join(', ')}) = `;
  const read = inputAt(experiment, place, ['m', 'n'], channel);
  switch (way.kind) {
    case 'maximum':
      return `${left}\\max_{m,n} ${read}`;
    case 'mean':
      return `${left}\\frac{1}{${marked('divisor_override', 'n')}} \\sum_{m,n} ${read}`;
    case 'norm':
      return `${left}\\Big(\\sum_{m,n} |${read}|^{${marked('norm_type', 'p')}}\\Big)^{1/p}`;
    default: {
      const bias = experiment.bias ? ` + ${marked('bias', `b_{${channel}}`)}` : '';
      const [sum, from] = channelSum('c', partnersOf(experiment, 'output', channel));
      const weight = weightTex(experiment, channel, from, ['m', 'n']);
      if (operationOf(experiment).isTransposed) {
        const where = spreadAt(experiment, ['i', 'j'], ['m', 'n']);
        return `${left}${sum}\\sum_{m,n} I_{${from}}(i, j) \\cdot ${weight}${bias},\\quad (${where}) = (${place.join(', ')})`;
      }
      const input = inputAt(experiment, place, ['m', 'n'], from);
      return `${left}${sum}\\sum_{m,n} ${input} \\cdot ${weight}${bias}`;
    }
  }
}
