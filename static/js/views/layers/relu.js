import { html } from 'lit-html';

import { decimalsFor, figure } from '../../core/rounding.js';
import { cellFormula, texFigure, texResult, valueText } from '../cell_parts.js';
import { resultLines } from '../sums.js';
import { curveOf } from './curve.js';

/** @import {ReLUTrace} from '../../core/layers/relu.js' */

/** What a ReLU leaves of a value. @type {import('./registry.js').KindView} */
export const relu = {
  kind: 'ReLU',
  cell({ explained }) {
    const trace = /** @type {ReLUTrace} */ (explained.trace);
    const decimals = decimalsFor([trace.input]);
    return html`
      ${cellFormula(explained, `= \\max(0,\\; ${texFigure(trace.input, decimals)}) ${texResult(trace.value, decimals)}`)}
      <drawn-picture class="curve" role="img" aria-label="The curve of max(0, x) with this value on it" .picture=${curveOf((x) => Math.max(0, x), trace, -0.1)}></drawn-picture>
      ${resultLines([
        {
          name: explained.layer.inputs.join(),
          how: 'the same position',
          value: figure(trace.input, decimals),
        },
        {
          name: explained.layer.name,
          how: trace.input > 0 ? 'positive: kept' : 'not positive: zero',
          value: figure(trace.value, decimals),
          isStrong: true,
        },
      ])}
    `;
  },
  label({ explained }) {
    const { input } = /** @type {ReLUTrace} */ (explained.trace);
    return html`<span>= max(0, ${valueText(input)})</span>`;
  },
};
