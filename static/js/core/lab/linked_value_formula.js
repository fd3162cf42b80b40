// The formula of one value in LaTeX: symbols above, and below the products that it is made of.
//
// valueFormula(experiment, see, equation)    symbols, numbers, and both in words

import { marked } from './linked_formulas.js';
import { fixed } from '../number.js';
import { inputAt, spreadAt } from './linked_offsets.js';
import { isPooling } from '../refusals_shared.js';

/**
 * @typedef {import('./experiment.js').Experiment} Experiment
 * @typedef {import('./linked_equation.js').Equation} Equation
 * @typedef {import('./linked_equation.js').Block} Block
 * @typedef {{symbols: string, numbers: string, spoken: string}} ValueFormula
 */

/** More terms than this are cut short. */
const MOST_TERMS = 9;

/**
 * The formula of the explained value.
 * @param {Experiment} experiment
 * @param {Equation} equation
 * @returns {ValueFormula}
 */
export function valueFormula(experiment, equation) {
  const { way, result, value } = equation;
  const symbols = symbolsOf(experiment, equation);
  const shown = way.kind === 'apart' ? '' : ` = \\mathbf{${tex(result ?? 0)}}`;
  const numbers = (numbersOf(equation) + shown).trim();
  const said = result ?? value;
  return {
    symbols,
    numbers,
    spoken: `${equation.name}${said === null ? '' : ` is ${fixed(said, 3)}`}.`,
  };
}

/**
 * @param {Experiment} experiment
 * @param {Equation} equation
 */
function symbolsOf(experiment, { place, isGradient, way }) {
  const { side, channel, row, column, filter = 0 } = place;
  const at = `(${row}, ${column})`;
  const pool = isPooling(experiment.operation);
  if (isGradient) {
    if (side === 'kernel') {
      return `\\frac{\\partial L}{\\partial K_{${filter},${channel}}${at}} = \\sum_{i,j} ${inputAt(experiment, ['i', 'j'], [row, column], channel)} \\cdot G_{${filter}}(i, j)`;
    }
    if (side === 'output')
      return `G_{${channel}}${at} = \\frac{\\partial L}{\\partial S_{${channel}}${at}}`;
    const factor = pool ? 'w' : 'K';
    return `\\frac{\\partial L}{\\partial I_{${channel}}${at}} = \\sum_{\\text{read by }(i,j)} G(i, j) \\cdot ${factor}`;
  }
  if (side === 'kernel')
    return `K_{${filter},${channel}}${at} \\text{ meets } ${inputAt(experiment, ['i', 'j'], [row, column], channel)}`;
  if (side === 'input') {
    return experiment.operation === 'conv_transpose2d'
      ? `I_{${channel}}${at} \\cdot K_{f,${channel}}(m, n) \\to S_f(${spreadAt(experiment, row, column)})`
      : `I_{${channel}}${at}`;
  }
  return outputSymbols(experiment, way, channel, row, column);
}

/**
 * @param {Experiment} experiment
 * @param {Equation['way']} way
 * @param {number} channel
 * @param {number} row
 * @param {number} column
 */
function outputSymbols(experiment, way, channel, row, column) {
  const left = `S_{${channel}}(${row}, ${column}) = `;
  const read = inputAt(experiment, [row, column], ['m', 'n'], channel);
  switch (way.kind) {
    case 'max':
      return `${left}\\max_{m,n} ${read}`;
    case 'mean':
      return `${left}\\frac{1}{${marked('divisor_override', 'n')}} \\sum_{m,n} ${read}`;
    case 'norm':
      return `${left}\\Big(\\sum_{m,n} |${read}|^{${marked('norm_type', 'p')}}\\Big)^{1/p}`;
    default: {
      const bias = experiment.bias ? ` + ${marked('bias', `b_{${channel}}`)}` : '';
      const isMany = experiment.input.shape[0] > 1;
      const sum = isMany ? '\\sum_{c,m,n}' : '\\sum_{m,n}';
      const from = isMany ? 'c' : '0';
      if (experiment.operation === 'conv_transpose2d') {
        return `${left}${sum} I_{${from}}(i, j) \\cdot K_{${channel},${from}}(m, n)${bias},\\quad (${spreadAt(experiment, 'i', 'j')}) = (${row}, ${column})`;
      }
      const all = inputAt(experiment, [row, column], ['m', 'n'], from);
      return `${left}${sum} ${all} \\cdot K_{${channel},${from}}(m, n)${bias}`;
    }
  }
}

/** @param {Equation} equation */
function numbersOf({ blocks, way, value }) {
  const block = blocks[0];
  if (!block || block.left.length === 0) return '';
  switch (way.kind) {
    case 'max':
      return `= \\max(${some(block.left, ',\\, ', tex)})`;
    case 'mean':
      return `= \\frac{${tex(way.sum)}}{${marked('divisor_override', tex(way.divisor))}}`;
    case 'norm':
      return `= ${tex(way.sum)}^{1/${marked('norm_type', way.normType)}}`;
    case 'apart':
      return `= ${tex(Number(value))}`;
    case 'sum': {
      const bias = way.bias === null ? '' : ` + ${marked('bias', bracketed(way.bias))}`;
      const sum = products(blocks);
      return sum === '' && bias === '' ? '' : `= ${sum || '0'}${bias}`;
    }
  }
}

/**
 * The products that do something, as many as there is room for; empty where none does.
 * @param {readonly Block[]} blocks
 */
function products(blocks) {
  /** @type {string[]} */
  const terms = [];
  let count = 0;
  for (const { left, right } of blocks) {
    const factors = /** @type {Float64Array} */ (right);
    for (let i = 0; i < left.length; i += 1) {
      const factor = factors[i];
      const product = `${bracketed(left[i])} \\cdot ${bracketed(factor)}`;
      if (left[i] !== 0 && factor !== 0) terms.push(`\\htmlData{term=${count}}{${product}}`);
      count += 1;
    }
  }
  if (terms.length <= MOST_TERMS) return terms.join(' + ');
  return `${terms.slice(0, MOST_TERMS - 1).join(' + ')} + \\cdots`;
}

/**
 * @param {Float64Array} values
 * @param {string} between
 * @param {(value: number) => string} write
 */
function some(values, between, write) {
  const shown = [...values.slice(0, MOST_TERMS)].map(write);
  return shown.join(between) + (values.length > MOST_TERMS ? `${between}\\ldots` : '');
}

/** @param {number} value */
function bracketed(value) {
  return value < 0 ? `(${tex(value)})` : tex(value);
}

/** A number as short as two decimals allow. @param {number} value */
function tex(value) {
  if (!Number.isFinite(value)) return value < 0 ? '-\\infty' : '\\infty';
  return String(Math.round(value * 100) / 100);
}
