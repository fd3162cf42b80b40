import { html } from 'lit-html';

import { decimalsFor, figure } from '../../core/rounding.js';
import { cellFormula, texFigure, texResult, valueText } from '../cell_parts.js';
import { resultLines } from '../sums.js';

/** @import {ReLUTrace} from '../../core/layers/relu.js' */

/** What a ReLU leaves of a value. @type {import('./registry.js').KindView} */
export const relu = {
  kind: 'ReLU',
  cell({ explained }) {
    const trace = /** @type {ReLUTrace} */ (explained.trace);
    const decimals = decimalsFor([trace.input]);
    return html`
      ${cellFormula(explained, `= \\max(0,\\; ${texFigure(trace.input, decimals)}) ${texResult(trace.value, decimals)}`)}
      <drawn-picture class="curve" role="img" aria-label="The curve of max(0, x) with this value on it" .picture=${curve(trace)}></drawn-picture>
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

/**
 * The curve of the ReLU and the point on it.
 * @param {{input: number, value: number}} trace
 * @returns {import('../../elements/drawn_picture.js').Picture}
 */
function curve({ input, value }) {
  const [width, height] = [220, 120];
  const reach = Math.max(1, Math.abs(input)) * 1.25;
  const x = (/** @type {number} */ at) => width / 2 + (at / reach) * (width / 2 - 6);
  const y = (/** @type {number} */ at) => height - 16 - (at / reach) * (height - 28);
  return {
    width,
    height,
    draw(context, theme) {
      context.clearRect(0, 0, width, height);
      context.strokeStyle = theme.lineStrong;
      context.beginPath();
      context.moveTo(0, y(0));
      context.lineTo(width, y(0));
      context.moveTo(x(0), 4);
      context.lineTo(x(0), height - 4);
      context.stroke();
      context.strokeStyle = theme.ink;
      context.lineWidth = 2;
      context.beginPath();
      context.moveTo(x(-reach), y(0));
      context.lineTo(x(0), y(0));
      context.lineTo(x(reach), y(reach));
      context.stroke();
      context.fillStyle = theme.highlight;
      context.strokeStyle = theme.ink;
      context.lineWidth = 1;
      context.beginPath();
      context.arc(x(input), y(value), 5, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    },
  };
}
