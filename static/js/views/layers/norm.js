import { html } from 'lit-html';

import { significant } from '../../core/number.js';
import { decimalsFor, figure, texNumber } from '../../core/rounding.js';
import { behindLine, cellFormula, texResult, valueText } from '../cell_parts.js';
import { resultLines } from '../sums.js';

/** @import {NormTrace} from '../../core/layers/norm.js' */

/** Significant digits of the numbers of a normalization. */
const DIGITS = 5;

/** A value shifted and scaled by those that it is normalized with. @type {Omit<import('./registry.js').KindView, 'kind'>} */
const norm = {
  cell(model) {
    const { explained } = model;
    const trace = /** @type {NormTrace} */ (explained.trace);
    const { input, mean, variance, count, eps, weight, bias, value } = trace;
    const decimals = decimalsFor([input, value]);
    const tex = (/** @type {number} */ number) => texNumber(significant(number, DIGITS));
    const numbers =
      `= \\frac{${tex(input)} - ${tex(mean)}}{\\sqrt{${tex(variance)} + ${tex(eps)}}} \\cdot ${tex(weight)} + ${tex(bias)} ` +
      texResult(value, decimals);
    const line = (
      /** @type {string} */ name,
      /** @type {string} */ how,
      /** @type {number} */ number,
    ) => ({ name, how, value: significant(number, DIGITS) });
    return html`${cellFormula(explained, numbers)}
      ${resultLines([
        {
          name: explained.layer.inputs.join(),
          how: 'the same position',
          value: figure(input, decimals),
        },
        line('μ', `the mean of ${count} values of this image`, mean),
        line('σ²', 'their variance', variance),
        line('ε', 'so that nothing is divided by 0', eps),
        line('γ', 'learned scale', weight),
        line('β', 'learned shift', bias),
        { name: 'value', value: figure(value, decimals), isStrong: true },
        ...behindLine(model, value, decimals),
      ])}`;
  },
  label({ explained }) {
    const { input, mean } = /** @type {NormTrace} */ (explained.trace);
    return html`<span>of ${valueText(input)}, mean ${valueText(mean)}</span>`;
  },
  waiting: 'The learned scale and shift are on their way.',
};

export const groupNorm = { ...norm, kind: 'GroupNorm' };
export const layerNorm = { ...norm, kind: 'LayerNorm' };
