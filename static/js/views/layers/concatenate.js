import { html } from 'lit-html';

import { positionText } from '../../core/layers/place.js';
import { decimalsFor, figure } from '../../core/rounding.js';
import { cellFormula, texResult } from '../cell_parts.js';
import { resultLines } from '../sums.js';

/** @import {Explained} from '../../core/layers/explain.js' */

/** Where a value of maps laid end to end comes from. @param {Explained} explained */
function sourceText({ layer, trace }) {
  const { input, source } =
    /** @type {import('../../core/layers/concatenate.js').ConcatenateTrace} */ (trace);
  return positionText({ layer: layer.inputs[input], ...source }, layer.output_shape);
}

/** A value that only changed its place. @type {import('./registry.js').KindView} */
export const concatenate = {
  kind: 'Concatenate',
  cell({ explained }) {
    const value = Number(explained.trace?.value);
    const decimals = decimalsFor([value]);
    return html`${cellFormula(explained, texResult(value, decimals))}
      ${resultLines([
        { name: 'from', how: sourceText(explained), value: figure(value, decimals) },
        {
          name: 'value',
          how: 'nothing is computed: only the place changes',
          value: figure(value, decimals),
          isStrong: true,
        },
      ])}`;
  },
  label: ({ explained }) => html`<span>= ${sourceText(explained)}</span>`,
};
