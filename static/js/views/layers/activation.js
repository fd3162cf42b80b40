import { html } from 'lit-html';

import { decimalsFor, figure } from '../../core/rounding.js';
import { cellFormula, texFigure, texResult, valueText } from '../cell_parts.js';
import { resultLines } from '../sums.js';
import { curveOf } from './curve.js';

/** @import {ActivationKind, ActivationTrace} from '../../core/layers/activations.js' */

/** What an activation function makes of a value. @param {ActivationKind} kind @returns {import('./registry.js').KindView} */
export const activation = ({ kind, curve }) => ({
  kind,
  cell({ explained }) {
    const trace = /** @type {ActivationTrace} */ (explained.trace);
    const decimals = decimalsFor([trace.input, trace.value]);
    return html`
      ${cellFormula(explained, `= ${curve.tex(texFigure(trace.input, decimals))} ${texResult(trace.value, decimals)}`)}
      <drawn-picture class="curve" role="img" aria-label="The curve of ${curve.text('x')} with this value on it" .picture=${curveOf(curve.of, trace, curve.least ?? -0.1)}></drawn-picture>
      ${resultLines([
        {
          name: explained.layer.inputs.join(),
          how: 'the same position',
          value: figure(trace.input, decimals),
        },
        {
          name: explained.layer.name,
          how: curve.how(trace.input),
          value: figure(trace.value, decimals),
          isStrong: true,
        },
      ])}
    `;
  },
  label({ explained }) {
    const { input } = /** @type {ActivationTrace} */ (explained.trace);
    return html`<span>= ${curve.text(valueText(input))}</span>`;
  },
});
