import { html } from 'lit-html';

import { positionText } from '../../core/layers/place.js';
import { decimalsFor, figure } from '../../core/rounding.js';
import { cellFormula, texResult } from '../cell_parts.js';
import { resultLines } from '../sums.js';

/** @import {Explained} from '../../core/layers/explain.js' */

/** Where a value of padded maps comes from. @param {Explained} explained */
function sourceText({ layer, trace }) {
  const { source } = /** @type {import('../../core/layers/pad.js').PadTrace} */ (trace);
  return source
    ? positionText({ layer: layer.inputs[0], ...source }, layer.input_shape)
    : 'padding';
}

/** A value that only changed its place, or the constant. @type {import('./registry.js').KindView} */
export const pad = {
  kind: 'Pad',
  cell({ explained }) {
    const value = Number(explained.trace?.value);
    const decimals = decimalsFor([value]);
    return html`${cellFormula(explained, texResult(value, decimals))}
      ${resultLines([
        {
          name: 'from',
          how: sourceText(explained),
          value: figure(value, decimals),
          isStrong: true,
        },
      ])}`;
  },
  label: ({ explained }) => html`<span>= ${sourceText(explained)}</span>`,
};
