// The formula of one value in LaTeX: symbols above, and below the products that it is made of.

import { fixed } from '../number.js';
import { lineOf, texOf } from './digits.js';
import { marked } from './formulas.js';
import { doSayWhere, symbolsOf } from './symbols.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {Block, Equation} from './equation.js'
 * @typedef {{symbols: string, numbers: string, spoken: string}} ValueFormula
 */

/** More terms than this are cut short. */
const MOST_TERMS = 9;
/** Significant digits of numbers nothing is computed from; and of those that are never rounded. */
const [APART_DIGITS, EXACT_DIGITS] = [6, 15];

/**
 * The formula of the explained value.
 * @param {Experiment} experiment
 * @param {Equation} equation
 * @returns {ValueFormula}
 */
export function valueFormula(experiment, equation) {
  const { result, value } = equation;
  const said = result ?? value;
  const name = doSayWhere(experiment, equation) ? `${symbolOf(equation.place)} ` : '';
  return {
    symbols: symbolsOf(experiment, equation),
    numbers: numbersOf(equation, name),
    spoken: `${equation.name}${said === null ? '' : ` is ${fixed(said, 3)}`}.`,
  };
}

/** The symbol of an input or a weight by itself. @param {import('./place.js').Place} place */
function symbolOf({ side, channel, row, column, filter = 0 }) {
  return side === 'kernel'
    ? `K_{${filter},${channel}}(${row}, ${column})`
    : `I_{${channel}}(${row}, ${column})`;
}

/**
 * The line of numbers; empty where there is nothing to say.
 * @param {Equation} equation
 * @param {string} name  what stands before the equals sign where it is not what stands above
 */
function numbersOf({ blocks, way, value, result }, name) {
  const isEmpty = (blocks[0]?.left.length ?? 0) === 0;
  if (way.kind === 'apart') return isEmpty ? '' : `${name}= ${texOf(Number(value), APART_DIGITS)}`;
  const total = result ?? 0;
  if (isEmpty) return `= \\mathbf{${texOf(total, APART_DIGITS)}}`;
  switch (way.kind) {
    case 'maximum':
      return maximum(blocks[0], total);
    case 'mean':
      return mean(way, total);
    case 'norm':
      return norm(blocks[0], way, total);
    case 'sum':
      return sumOfProducts(blocks, way.bias, total);
  }
}

/** @param {Block} block @param {number} result */
function maximum({ left, isPadding }, result) {
  const values = Array.from(left, (value, at) => (isPadding[at] ? -Infinity : value));
  const shown = values.slice(0, MOST_TERMS).map((value) => texOf(value, APART_DIGITS));
  const more = values.length > MOST_TERMS ? ',\\, \\ldots' : '';
  return `= \\max(${shown.join(',\\, ')}${more}) = \\mathbf{${texOf(result, APART_DIGITS)}}`;
}

/** @param {{sum: number, divisor: number}} way @param {number} result */
function mean({ sum, divisor }, result) {
  const line = lineOf([sum], ([all]) => all / divisor, result);
  const share = marked('divisor_override', texOf(divisor, EXACT_DIGITS));
  return `${line.first} \\frac{${texOf(sum, line.digits)}}{${share}} ${line.last} \\mathbf{${line.result}}`;
}

/** @param {Block} block @param {{sum: number, normType: number}} way @param {number} result */
function norm({ left }, { sum, normType }, result) {
  const root = (/** @type {number} */ all) => all ** (1 / normType);
  const power = `^{1/${marked('norm_type', normType)}}`;
  // High powers vanish or overflow: then the largest value is taken out first.
  const isLost = Number.isFinite(result) && Math.abs(root(sum) - result) > 1e-9 * result;
  if (!isLost) {
    const line = lineOf([sum], ([all]) => root(all), result);
    const base = texOf(sum, line.digits);
    const tex = base.includes('cdot') ? `(${base})` : base;
    return `${line.first} ${tex}${power} ${line.last} \\mathbf{${line.result}}`;
  }
  const largest = left.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const rest = left.reduce((all, value) => all + (Math.abs(value) / largest) ** normType, 0);
  const line = lineOf([largest, rest], ([most, all]) => most * root(all), result);
  const [most, all] = [largest, rest].map((one) => texOf(one, line.digits));
  return `${line.first} ${most} \\cdot ${all}${power} ${line.last} \\mathbf{${line.result}}`;
}

/**
 * The products that do something, as many as there is room for, and the bias.
 * @param {readonly Block[]} blocks
 * @param {number | null} bias
 * @param {number} result
 */
function sumOfProducts(blocks, bias, result) {
  const factors = blocks.flatMap(({ left, right }) =>
    Array.from(left, (one, at) => [one, /** @type {Float64Array} */ (right)[at]]),
  );
  const acting = factors.flatMap(([one, other], term) =>
    one !== 0 && other !== 0 ? [{ one, other, term }] : [],
  );
  const isCut = acting.length > MOST_TERMS;
  const shown = isCut ? acting.slice(0, MOST_TERMS - 1) : acting;
  if (shown.length === 0 && bias === null) return `= \\mathbf{${texOf(result, APART_DIGITS)}}`;
  const operands = acting.flatMap(({ one, other }) => [one, other]).concat(bias ?? []);
  const line = lineOf(operands, productSum, result, productSum(operands.map(Math.abs)));
  const write = (/** @type {number} */ value) => bracketed(texOf(value, line.digits));
  const products = shown.map(
    ({ one, other, term }) => `\\htmlData{term=${term}}{${write(one)} \\cdot ${write(other)}}`,
  );
  const terms = isCut ? [...products, '\\cdots'] : products.length > 0 ? products : ['0'];
  if (bias !== null) terms.push(marked('bias', write(bias)));
  return `${line.first} ${terms.join(' + ')} ${line.last} \\mathbf{${line.result}}`;
}

/** Products of neighbours, and the last one where it is alone. @param {readonly number[]} operands */
function productSum(operands) {
  let sum = 0;
  for (let at = 0; at < operands.length; at += 2) sum += operands[at] * (operands[at + 1] ?? 1);
  return sum;
}

/** @param {string} tex */
const bracketed = (tex) => (tex.startsWith('-') ? `(${tex})` : tex);
