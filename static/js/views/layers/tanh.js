import { html } from 'lit-html';

import { decimalsFor, figure } from '../../core/rounding.js';
import { cellFormula, texFigure, texResult, valueText } from '../cell_parts.js';
import { resultLines } from '../sums.js';
import { curveOf } from './curve.js';

/** @import {TanhTrace} from '../../core/layers/tanh.js' */

/** What a hyperbolic tangent makes of a value. @type {import('./registry.js').KindView} */
export const tanh = {
  kind: 'Tanh',
  cell({ explained }) {
    const trace = /** @type {TanhTrace} */ (explained.trace);
    const decimals = decimalsFor([trace.input, trace.value]);
    return html`
      ${cellFormula(explained, `= \\tanh(${texFigure(trace.input, decimals)}) ${texResult(trace.value, decimals)}`)}
      <drawn-picture class="curve" role="img" aria-label="The curve of tanh(x) with this value on it" .picture=${curveOf(Math.tanh, trace, -1)}></drawn-picture>
      ${resultLines([
        {
          name: explained.layer.inputs.join(),
          how: 'the same position',
          value: figure(trace.input, decimals),
        },
        {
          name: explained.layer.name,
          how: 'its hyperbolic tangent',
          value: figure(trace.value, decimals),
          isStrong: true,
        },
      ])}
    `;
  },
  label({ explained }) {
    const { input } = /** @type {TanhTrace} */ (explained.trace);
    return html`<span>= tanh(${valueText(input)})</span>`;
  },
};
