import { html } from 'lit-html';

import { decimalsFor, figure } from '../../core/rounding.js';
import { behindLine, cellFormula, texFigure, texResult, valueText } from '../cell_parts.js';
import { resultLines } from '../sums.js';

/** @import {MeanTrace} from '../../core/layers/mean.js' */

/** The mean of a map. @type {import('./registry.js').KindView} */
export const mean = {
  kind: 'Mean',
  cell(model) {
    const { explained } = model;
    const { value, sum, count } = /** @type {MeanTrace} */ (explained.trace);
    const decimals = decimalsFor([value, sum]);
    return html`${cellFormula(
      explained,
      `= \\frac{${texFigure(sum, decimals)}}{${count}} ${texResult(value, decimals)}`,
      model,
    )}
      ${resultLines([
        { name: 'sum', how: `of the map’s ${count} values`, value: figure(sum, decimals) },
        {
          name: 'value',
          how: `divided by ${count}`,
          value: figure(value, decimals),
          isStrong: true,
        },
        ...behindLine(model, value, decimals),
      ])}`;
  },
  label({ explained }) {
    const { sum, count } = /** @type {MeanTrace} */ (explained.trace);
    return html`<span>= ${valueText(sum)} / ${count}</span>`;
  },
};
