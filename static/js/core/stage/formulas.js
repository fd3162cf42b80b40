// The formulas of the stage in LaTeX: symbols, and the same with its live numbers. Every number that
// is a setting carries the setting's name, so that it lights its control and its cells.

import { counted } from '../number.js';
import { operationNamed } from '../operations/registry.js';

/**
 * @import {AdaptiveStep} from '../operations/adaptive_pool2d.js'
 * @import {SizeStep} from '../operations/size.js'
 * @import {TransposedStep} from '../operations/transposed_axis.js'
 * @typedef {import('../operations/axis_map.js').Step} Step
 * @typedef {{symbols: string, numbers: string, remainder: string}} Formula
 * @typedef {'H' | 'W'} Letter
 */

/** A piece of a formula that lights a setting. @param {string} name  in PyTorch's word @param {string | number} tex */
export function marked(name, tex) {
  return `\\htmlData{setting=${name}}{${tex}}`;
}

/**
 * The output size along one axis.
 * @param {Step} step
 * @param {Letter} letter
 * @param {import('../experiment/experiment.js').Operation} operation
 * @returns {Formula}
 */
export function sizeFormula(step, letter, operation) {
  if ('windows' in step) return sharedSize(step, letter);
  if ('full_output' in step) return spreadSize(step, letter);
  return movingSize(step, letter, operationNamed(operation).hasWeight ? 'F' : 'K');
}

/** Twice the padding, or one side and the other. @param {number} before @param {number} after @param {string} sign */
function paddingTerm(before, after, sign) {
  const symbols = before === after ? `${sign} 2P` : `${sign} P_1 ${sign} P_2`;
  const numbers =
    before === after
      ? `${sign} 2 \\cdot ${marked('padding', before)}`
      : `${sign} ${marked('padding', before)} ${sign} ${marked('padding', after)}`;
  return { symbols: marked('padding', symbols), numbers };
}

/** @param {SizeStep} step @param {Letter} letter @param {string} kernel  what its size is called @returns {Formula} */
function movingSize(step, letter, kernel) {
  const side = step.ceil_mode ? 'ceil' : 'floor';
  const padding = paddingTerm(step.padding_before, step.padding_after, '+');
  const rounded = step.ceil_mode ? Math.ceil(step.quotient) : Math.floor(step.quotient);
  // ceil_mode drops a last window that would begin in the padding after the input.
  const dropped = rounded + 1 > step.output ? ' - 1' : '';
  const [open, close] = [`\\left\\l${side}`, `\\right\\r${side}`];
  const span = `${marked('dilation', 'D')}(${marked('kernel_size', kernel)} - 1) - 1`;
  const spanned = `${marked('dilation', step.dilation)} \\cdot (${marked('kernel_size', step.kernel_size)} - 1) - 1`;
  const symbols =
    `${letter}_{\\text{out}} = ${open} \\frac{${marked('input', `${letter}_{\\text{in}}`)} ` +
    `${padding.symbols} - ${span}}{${marked('stride', 'S')}} ${close} + 1`;
  const numbers =
    `= ${open} \\frac{${marked('input', step.input)} ${padding.numbers} - ${spanned}}` +
    `{${marked('stride', step.stride)}} ${close} + 1${dropped} = ` +
    `\\l${side} ${decimal(step.quotient)} \\r${side} + 1${dropped} = ${marked('output', `\\mathbf{${step.output}}`)}`;
  return { symbols, numbers, remainder: remainderOf(step) };
}

/** What the division leaves, where it leaves something. @param {SizeStep} step */
function remainderOf(step) {
  const { numerator, stride, remainder, ceil_mode: isUp, overhang } = step;
  if (remainder === 0) return '';
  if (isUp && overhang > 0) {
    return `${numerator} + ${overhang} = ${(numerator + overhang) / stride} \\cdot ${stride}`;
  }
  const whole = Math.floor(numerator / stride);
  return `${numerator} = ${whole} \\cdot ${stride} + ${marked('remainder', `\\mathbf{${remainder}}`)}`;
}

/** @param {TransposedStep} step @param {Letter} letter @returns {Formula} */
function spreadSize(step, letter) {
  const padding = paddingTerm(step.padding_before, step.padding_after, '-');
  const symbols =
    `${letter}_{\\text{out}} = (${marked('input', `${letter}_{\\text{in}}`)} - 1) \\cdot ` +
    `${marked('stride', 'S')} + ${marked('dilation', 'D')}(${marked('kernel_size', 'F')} - 1) + 1 ` +
    `${padding.symbols} + ${marked('output_padding', 'A')}`;
  const numbers =
    `= (${marked('input', step.input)} - 1) \\cdot ${marked('stride', step.stride)} + ` +
    `${marked('dilation', step.dilation)} \\cdot (${marked('kernel_size', step.kernel_size)} - 1) + 1 ` +
    `${padding.numbers} + ${marked('output_padding', step.output_padding)} = ` +
    `${marked('output', `\\mathbf{${step.output}}`)}`;
  return { symbols, numbers, remainder: '' };
}

/** @param {AdaptiveStep} step @param {Letter} letter @returns {Formula} */
function sharedSize(step, letter) {
  const [input, output] = [`${letter}_{\\text{in}}`, `${letter}_{\\text{out}}`];
  const sizes =
    step.smallest === step.largest
      ? `${step.smallest}`
      : `${step.smallest} \\ldots ${step.largest}`;
  const symbols =
    `\\left\\lfloor \\frac{i \\cdot ${marked('input', input)}}{${marked('output_size', output)}} \\right\\rfloor ` +
    `\\le x < \\left\\lceil \\frac{(i + 1) \\cdot ${marked('input', input)}}{${marked('output_size', output)}} \\right\\rceil`;
  const first = step.windows
    .slice(0, 4)
    .map(([start, end]) => `[${start}, ${end})`)
    .join(',\\, ');
  const more = step.windows.length > 4 ? ',\\, \\ldots' : '';
  const numbers =
    `${marked('input', step.input)} \\to ${marked('output_size', `\\mathbf{${step.output}}`)}:\\; ` +
    `${first}${more} \\quad \\text{of } ${sizes}`;
  return { symbols, numbers, remainder: '' };
}

/** An output size in words. @param {Step} step @param {Letter} letter */
export function spokenSize(step, letter) {
  const side = letter === 'H' ? 'height' : 'width';
  if ('windows' in step) {
    return `The ${side} ${step.input} is shared out among ${counted(step.output, 'window')}.`;
  }
  return `The output ${side} is ${step.output}, from an input ${side} of ${step.input}.`;
}

/** A quotient in a few decimals. @param {number} value */
function decimal(value) {
  return String(Math.round(value * 1000) / 1000);
}
