// One weight's way through the optimizer's step, as formulas with their numbers.

import { significant } from '../number.js';
import { texNumber } from '../rounding.js';

/**
 * @typedef {{name: string, ours: number, torch: number | null, difference: number | null}} Line
 * @typedef {{value: number, steps: number, state: Readonly<Record<string, number>>}} Before
 * @typedef {{lr: number, weight_decay: number, betas: readonly number[], eps: number, amsgrad: boolean,
 *   momentum: number, name: string}} Optimizer
 *
 * @typedef {Line & {title: string, tex: string}} Row
 *
 * What a formula is written with.
 * @typedef {{of: (name: string) => string, size: (name: string) => string, was: (name: string) => string, value: string,
 *   optimizer: Optimizer, step: number, lr: string}} Numbers
 */

const DIGITS = 4;

/** @param {number} value */
const tex = (value) => texNumber(significant(value, DIGITS));

/** @type {Record<string, {title: string, tex: (numbers: Numbers) => string}>} */
const LINES = {
  gradient: {
    title: 'Gradient',
    tex: () => String.raw`g = \partial L / \partial w`,
  },
  weight_decay: {
    title: 'Weight decay’s part',
    tex: ({ optimizer, value }) =>
      String.raw`\lambda w = ${tex(optimizer.weight_decay)}\cdot ${value}`,
  },
  decayed_gradient: {
    title: 'Gradient with it',
    tex: ({ of }) => String.raw`d = g + \lambda w = ${of('gradient')} + ${of('weight_decay')}`,
  },
  exp_avg: {
    title: 'First moment',
    tex: ({ of, was, optimizer: { betas } }) =>
      String.raw`m = \beta_1 m' + (1-\beta_1)\,d = ${betas[0]}\cdot ${was('exp_avg')} + ${tex(1 - betas[0])}\cdot ${of('decayed_gradient')}`,
  },
  exp_avg_sq: {
    title: 'Second moment',
    tex: ({ size, was, optimizer: { betas } }) =>
      String.raw`v = \beta_2 v' + (1-\beta_2)\,d^2 = ${betas[1]}\cdot ${was('exp_avg_sq')} + ${tex(1 - betas[1])}\cdot (${size('decayed_gradient')})^2`,
  },
  max_exp_avg_sq: {
    title: 'Its largest so far (amsgrad)',
    tex: ({ of, was }) =>
      String.raw`\hat v = \max(\hat v', v) = \max(${was('max_exp_avg_sq')},\, ${of('exp_avg_sq')})`,
  },
  bias_correction1: {
    title: 'Bias correction of m',
    tex: ({ optimizer: { betas }, step }) =>
      String.raw`c_1 = 1 - \beta_1^{t} = 1 - ${betas[0]}^{${step}}`,
  },
  bias_correction2: {
    title: 'Bias correction of v',
    tex: ({ optimizer: { betas }, step }) =>
      String.raw`c_2 = 1 - \beta_2^{t} = 1 - ${betas[1]}^{${step}}`,
  },
  denominator: {
    title: 'Denominator',
    tex: ({ of, optimizer: { amsgrad, eps } }) =>
      String.raw`D = \frac{\sqrt{${amsgrad ? String.raw`\hat v` : 'v'}}}{\sqrt{c_2}} + \varepsilon = \frac{\sqrt{${of(amsgrad ? 'max_exp_avg_sq' : 'exp_avg_sq')}}}{\sqrt{${of('bias_correction2')}}} + ${tex(eps)}`,
  },
  momentum_buffer: {
    title: 'Momentum',
    tex: ({ of, was, optimizer: { momentum } }) =>
      String.raw`m = \mu m' + d = ${momentum}\cdot ${was('momentum_buffer')} + ${of('decayed_gradient')}`,
  },
  step_size: {
    title: 'Step size',
    tex: ({ of, optimizer: { name }, lr }) =>
      name === 'adam'
        ? String.raw`\alpha = \frac{\eta}{c_1} = \frac{${lr}}{${of('bias_correction1')}}`
        : String.raw`\eta = ${lr}`,
  },
  change: { title: 'Change', tex: change },
  value: {
    title: 'New weight',
    tex: ({ of, value }) => String.raw`w^{+} = w + \Delta = ${value} + ${of('change')}`,
  },
};

/** @param {Numbers} numbers */
function change({ of, optimizer: { name, momentum } }) {
  if (name === 'adam')
    return String.raw`\Delta = -\alpha\,\frac{m}{D} = -${of('step_size')}\cdot\frac{${of('exp_avg')}}{${of('denominator')}}`;
  const [symbol, from] = momentum ? ['m', 'momentum_buffer'] : ['d', 'decayed_gradient'];
  return String.raw`\Delta = -\eta\,${symbol} = -${of('step_size')}\cdot ${of(from)}`;
}

/**
 * The gradient of one weight as a sum.
 * @param {number} images
 * @param {boolean} isDense  a weight that meets one input an image
 * @param {number} value
 */
export function gradientTex(images, isDense, value) {
  const sum = String.raw`\frac{\partial L}{\partial w} = \sum_{n=0}^{${images - 1}}`;
  const terms = isDense
    ? String.raw`x_n\,\delta_n`
    : String.raw`\;\sum_{i,\,j} x_n(i,j)\;\delta_n(i,j)`;
  return `${sum}${terms} = ${texNumber(significant(value, 6))}`;
}

/**
 * Every number of the step with its formula, in the order in which they are computed.
 * @param {readonly Line[]} lines
 * @param {Before} before
 * @param {Optimizer} optimizer
 * @param {number} lr  in force
 * @returns {Row[]}
 */
export function rowsOf(lines, before, optimizer, lr) {
  const values = new Map(lines.map(({ name, ours }) => [name, ours]));
  /** @type {Numbers} */
  const numbers = {
    of: (name) => tex(Number(values.get(name))),
    size: (name) => tex(Math.abs(Number(values.get(name)))),
    was: (name) => tex(before.state[name]),
    value: tex(before.value),
    optimizer,
    step: before.steps + 1,
    lr: tex(lr),
  };
  return lines.map((line) => {
    const { title, tex: formula } = LINES[line.name];
    return { ...line, title, tex: formula(numbers) };
  });
}
