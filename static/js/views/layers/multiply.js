import { html } from 'lit-html';

import { decimalsFor, figure } from '../../core/rounding.js';
import { behindLine, cellFormula, texFigure, texResult, valueText } from '../cell_parts.js';
import { resultLines } from '../sums.js';

/** @import {MultiplyTrace} from '../../core/layers/multiply.js' */

/** A product, one factor an input. @type {import('./registry.js').KindView} */
export const multiply = {
  kind: 'Multiply',
  cell(model) {
    const { explained } = model;
    const { factors, value } = /** @type {MultiplyTrace} */ (explained.trace);
    const decimals = decimalsFor([...factors, value]);
    const tex = factors.map((one) =>
      one < 0 ? `(${texFigure(one, decimals)})` : texFigure(one, decimals),
    );
    return html`${cellFormula(
      explained,
      `= ${tex.join(' \\cdot ')} ${texResult(value, decimals)}`,
      model,
    )}
      ${resultLines([
        ...factors.map((one, index) => ({
          name: explained.layer.inputs[index],
          value: figure(one, decimals),
        })),
        { name: 'value', how: 'the product', value: figure(value, decimals), isStrong: true },
        ...behindLine(model, value, decimals),
      ])}`;
  },
  label({ explained }) {
    const { factors } = /** @type {MultiplyTrace} */ (explained.trace);
    return html`<span>= ${factors.map(valueText).join(' · ')}</span>
      <span><small>${explained.layer.inputs.join(' · ')}</small></span>`;
  },
};
