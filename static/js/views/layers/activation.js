import { html } from 'lit-html';

import { decimalsFor, figure } from '../../core/rounding.js';
import { cellFormula, texFigure, texResult, valueText } from '../cell_parts.js';
import { resultLines } from '../sums.js';

/** @import {ActivationKind, ActivationTrace} from '../../core/layers/activations.js' */

/** How many pieces of line a curve is drawn with; a multiple of two, so that 0 is a corner. */
const PIECES = 96;

/**
 * The curve of a function of one value, and the point on it. As wide as the value asks, and as high as
 * the function's values there.
 * @param {(x: number) => number} activation
 * @param {{input: number, value: number}} trace
 * @param {number} least  the lowest value that the picture has room for, at the least
 * @returns {import('../../render/theme.js').Drawing}
 */
function curveOf(activation, { input, value }, least) {
  const [width, height] = [220, 120];
  const reach = Math.max(1, Math.abs(input)) * 1.25;
  const samples = Array.from({ length: PIECES + 1 }, (_, piece) => {
    const at = (2 * piece - PIECES) * (reach / PIECES);
    return { at, value: activation(at) };
  });
  const values = samples.map((sample) => sample.value);
  const [low, high] = [Math.min(least, ...values), Math.max(0, ...values)];
  const x = (/** @type {number} */ at) => width / 2 + (at / reach) * (width / 2 - 6);
  const y = (/** @type {number} */ at) => height - 8 - ((at - low) / (high - low)) * (height - 20);
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
      for (const sample of samples) context.lineTo(x(sample.at), y(sample.value));
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

/** What an activation function makes of a value. @param {ActivationKind} kind @returns {import('./registry.js').KindView} */
export const activation = ({ kind, curve }) => ({
  kind,
  cell({ explained }) {
    const trace = /** @type {ActivationTrace} */ (explained.trace);
    const decimals = decimalsFor([trace.input, trace.value]);
    return html`
      ${cellFormula(explained, `= ${curve.tex(texFigure(trace.input, decimals), trace.own)} ${texResult(trace.value, decimals)}`)}
      <drawn-picture class="curve" role="img" aria-label="The curve of ${curve.text('x', trace.own)} with this value on it" .model=${curveOf((x) => curve.of(x, trace.own), trace, curve.least ?? -0.1)}></drawn-picture>
      ${resultLines([
        {
          name: explained.layer.inputs.join(),
          how: 'the same position',
          value: figure(trace.input, decimals),
        },
        {
          name: explained.layer.name,
          how: curve.how(trace.input, trace.own),
          value: figure(trace.value, decimals),
          isStrong: true,
        },
      ])}
    `;
  },
  label({ explained }) {
    const { input, own } = /** @type {ActivationTrace} */ (explained.trace);
    return html`<span>= ${curve.text(valueText(input), own)}</span>`;
  },
});
