import { html, nothing } from 'lit-html';

import { decimalsFor, figure } from '../../core/rounding.js';
import { resultLines } from '../sums.js';

/** A value of which no more is known. @type {import('./registry.js').KindView} */
export const unexplained = {
  kind: 'Unexplained',
  cell({ explained: { kind, layer, torchValue } }) {
    const value = figure(torchValue, decimalsFor([torchValue]));
    return html`<p class="note">${kind.role(layer)}</p>
      ${resultLines([{ name: 'value', value, isStrong: true }])}`;
  },
  label: () => nothing,
};
