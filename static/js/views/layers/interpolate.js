import { html } from 'lit-html';

import { significant } from '../../core/number.js';
import { decimalsFor, figure } from '../../core/rounding.js';
import { behindLine, cellFormula, texResult } from '../cell_parts.js';
import { resultLines } from '../sums.js';

/** @import {InterpolateTrace} from '../../core/layers/interpolate.js' */

/** Significant digits of a share, and how many values are listed. */
const [DIGITS, LISTED] = [4, 36];

/** A value made of a few, each with the share of its row and its column. @type {import('./registry.js').KindView} */
export const interpolate = {
  kind: 'Interpolate',
  cell(model) {
    const { explained } = model;
    const trace = /** @type {InterpolateTrace} */ (explained.trace);
    const { row, column, rowWeights, columnWeights, window, value } = trace;
    const decimals = decimalsFor([value, ...window.flat()]);
    const terms = window.flatMap((line, down) =>
      line.map((one, across) => ({
        name: `row ${row + down}, column ${column + across}`,
        how: `${significant(rowWeights[down], DIGITS)} · ${significant(columnWeights[across], DIGITS)} times`,
        value: figure(one, decimals),
      })),
    );
    const more = terms.length - LISTED;
    return html`${cellFormula(explained, texResult(value, decimals), model)}
      ${resultLines([
        ...terms.slice(0, LISTED),
        ...(more > 0 ? [{ name: `${more} more`, value: '' }] : []),
        { name: 'value', how: 'their sum', value: figure(value, decimals), isStrong: true },
        ...behindLine(model, value, decimals),
      ])}`;
  },
  label({ explained }) {
    const { rowWeights, columnWeights } = /** @type {InterpolateTrace} */ (explained.trace);
    return html`<span>of ${rowWeights.length} × ${columnWeights.length} values</span>`;
  },
};
