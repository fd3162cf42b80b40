import { html } from 'lit-html';

import { significant } from '../../core/number.js';
import { decimalsFor, figure, texNumber } from '../../core/rounding.js';
import { behindLine, cellFormula, texResult, valueText } from '../cell_parts.js';
import { resultLines } from '../sums.js';

/** @import {BatchNorm2dTrace} from '../../core/layers/batch_norm2d.js' */

/** Significant digits of the numbers of a channel. */
const DIGITS = 5;

/** A value shifted and scaled with its map. @type {import('./registry.js').KindView} */
export const batchNorm2d = {
  kind: 'BatchNorm2d',
  cell(model) {
    const { explained } = model;
    const trace = /** @type {BatchNorm2dTrace} */ (explained.trace);
    const { input, mean, variance, eps, weight, bias, value } = trace;
    const decimals = decimalsFor([input, value]);
    const tex = (/** @type {number} */ number) => texNumber(significant(number, DIGITS));
    const numbers =
      `= \\frac{${tex(input)} - ${tex(mean)}}{\\sqrt{${tex(variance)} + ${tex(eps)}}} \\cdot ${tex(weight)} + ${tex(bias)} ` +
      texResult(value, decimals);
    const line = (
      /** @type {string} */ name,
      /** @type {string} */ how,
      /** @type {number} */ number,
    ) => ({
      name,
      how,
      value: significant(number, DIGITS),
    });
    return html`${cellFormula(explained, numbers)}
      ${resultLines([
        {
          name: explained.layer.inputs.join(),
          how: 'the same position',
          value: figure(input, decimals),
        },
        line('μ', 'the map’s mean in training', mean),
        line('σ²', 'its variance there', variance),
        line('ε', 'so that nothing is divided by 0', eps),
        line('γ', 'learned scale', weight),
        line('β', 'learned shift', bias),
        { name: 'value', value: figure(value, decimals), isStrong: true },
        ...behindLine(model, value, decimals),
      ])}`;
  },
  label({ explained }) {
    const { input, mean, variance, eps, weight, bias } = /** @type {BatchNorm2dTrace} */ (
      explained.trace
    );
    const scale = weight / Math.sqrt(variance + eps);
    return html`<span>= ${valueText(scale)} · ${valueText(input)} + ${valueText(bias - mean * scale)}</span>`;
  },
};
