import { html } from 'lit-html';

import { decimalsFor, figure } from '../../core/rounding.js';
import { cellFormula, texResult } from '../cell_parts.js';
import { resultLines } from '../sums.js';

/** A value as it came. @type {import('./registry.js').KindView} */
export const dropout = {
  kind: 'Dropout',
  cell({ explained }) {
    const { value } = /** @type {import('../../core/layers/dropout.js').DropoutTrace} */ (
      explained.trace
    );
    const decimals = decimalsFor([value]);
    return html`${cellFormula(explained, texResult(value, decimals))}
      <p class="note">${explained.kind.role(explained.layer)}</p>
      ${resultLines([{ name: 'value', how: explained.layer.inputs.join(), value: figure(value, decimals), isStrong: true }])}`;
  },
  label: ({ explained }) => html`<span>= ${explained.layer.inputs.join()}</span>`,
};
