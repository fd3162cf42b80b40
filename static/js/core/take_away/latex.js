// What is shown, as LaTeX: the operation on its numbers, and the formulas with theirs.

import { operandsOf, operationOf } from '../operations/registry.js';
import { pairText } from '../settings.js';
import { sizeFormula } from '../stage/formulas.js';

/**
 * @import {Experiment, Values} from '../experiment/experiment.js'
 * @import {Computed} from '../experiment/outcome.js'
 */

/** Matrices of more rows or columns are too large for a page. */
const MOST_LINES = 12;

/** What marks a piece of a formula, so that it lights its control. */
const MARK = /\\html(?:Class|Data)/;

/** Where the group that opens at an index closes. @param {string} tex @param {number} open */
function closing(tex, open) {
  let depth = 0;
  let at = open;
  do {
    if (tex[at] === '{') depth += 1;
    if (tex[at] === '}') depth -= 1;
    at += 1;
  } while (depth > 0);
  return at - 1;
}

/** A formula without its marks: what is inside them stays. @param {string} tex @returns {string} */
export function plainTex(tex) {
  const mark = MARK.exec(tex);
  if (!mark) return tex;
  const start = mark.index;
  const inner = closing(tex, start + mark[0].length) + 1;
  const end = closing(tex, inner);
  return plainTex(tex.slice(0, start) + tex.slice(inner + 1, end) + tex.slice(end + 1));
}

/** A number in two decimals at most. @param {number} value */
function short(value) {
  if (!Number.isFinite(value)) return value < 0 ? '-\\infty' : '\\infty';
  return String(Math.round(value * 100) / 100);
}

/** One map as a matrix. @param {Values} values */
function matrix({ shape, data }) {
  const [rows, columns] = shape.slice(-2);
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from(data.subarray(row * columns, (row + 1) * columns), short).join(' & '),
  );
  return `\\begin{pmatrix}\n  ${lines.join(' \\\\\n  ')}\n\\end{pmatrix}`;
}

/**
 * The input, what is done to it, and the output; '' where they are too large or have several maps.
 * @param {Experiment} experiment
 * @param {Values} output
 */
function equation(experiment, output) {
  const { input, weight, bias } = experiment;
  const { hasWeight, sign } = operationOf(experiment);
  const { settings } = operandsOf(experiment);
  const parts = hasWeight ? [input, weight, output] : [input, output];
  const isSmall = parts.every(({ shape }) => {
    const [rows, columns] = shape.slice(-2);
    const maps = shape.slice(0, -2).reduce((product, size) => product * size, 1);
    return maps === 1 && rows <= MOST_LINES && columns <= MOST_LINES;
  });
  if (!isSmall) return '';
  const start = `${matrix(input)}\n${sign(settings)}`;
  if (!hasWeight) return `${start}\n${matrix(output)}`;
  const step = pairText(settings.stride, ' \\times ');
  const added = bias ? ` + ${short(bias[0])}` : '';
  return `${start}_{${step}}\n${matrix(weight)}${added}\n= ${matrix(output)}`;
}

/** A formula that lines up at its first equals sign. @param {string} symbols @param {string} numbers */
function aligned(symbols, numbers) {
  const [left, right] = [plainTex(symbols), plainTex(numbers)];
  const start = left.includes(' = ') ? left.replace(' = ', ' &= ') : `& ${left}`;
  return right ? `${start} \\\\\n  & ${right}` : start;
}

/**
 * The operation on its numbers, and the formulas of size, of one value and of cost.
 * @param {Experiment} experiment
 * @param {Computed} outcome
 * @param {{symbols: string, numbers: string} | null} value  the formula of the explained value
 */
export function latexOf(experiment, outcome, value) {
  const { height, width, cost, output } = outcome;
  const sizes = [
    sizeFormula(height, 'H', experiment.operation),
    sizeFormula(width, 'W', experiment.operation),
  ];
  const lines = sizes.map(({ symbols, numbers }) => aligned(symbols, numbers));
  if (value) lines.push(aligned(value.symbols, value.numbers));
  if (cost) {
    const product = cost.expression.replaceAll('·', ' \\cdot ');
    lines.push(`\\text{parameters} &= ${product} = ${cost.total}`);
    lines.push(`\\text{multiply-accumulates} &= ${cost.multiplyAccumulates}`);
  }
  const formulas = `\\begin{aligned}\n  ${lines.join(' \\\\\n  ')}\n\\end{aligned}`;
  return [equation(experiment, output), formulas]
    .filter(Boolean)
    .map((display) => `\\[\n${display}\n\\]\n`)
    .join('\n');
}
