import { html } from 'lit-html';

import { decimalsFor, figure } from '../../core/rounding.js';
import {
  behindLine,
  cellFormula,
  limitOf,
  term,
  texFigure,
  texResult,
  valueText,
} from '../cell_parts.js';
import { resultLines, sumList } from '../sums.js';

/** @import {AddTrace} from '../../core/layers/add.js' */

/** A sum, one term an input. @type {import('./registry.js').KindView} */
export const add = {
  kind: 'Add',
  cell(model) {
    const { explained, lit, light } = model;
    const { terms, value } = /** @type {AddTrace} */ (explained.trace);
    const decimals = decimalsFor([...terms, value]);
    const tex = terms.map((one, index) => term(index, texFigure(one, decimals)));
    return html`${cellFormula(explained, `= ${tex.join(' + ')} ${texResult(value, decimals)}`, model)}
      <div class="cell-sums">
        <h3>the sum</h3>
        ${sumList({
          terms: terms.map((one, index) => ({
            name: explained.layer.inputs[index],
            value: one,
            isLit: index === lit,
            light: (isOn) => light(isOn ? index : null),
          })),
          count: terms.length,
          sum: value,
          limit: limitOf(terms),
          decimals,
          list: model.list,
        })}
        ${resultLines([
          { name: 'value', value: figure(value, decimals), isStrong: true },
          ...behindLine(model, value, decimals),
        ])}
      </div>`;
  },
  label({ explained }) {
    const { terms } = /** @type {AddTrace} */ (explained.trace);
    return html`<span>= ${terms.map(valueText).join(' + ')}</span>
      <span><small>${explained.layer.inputs.join(' + ')}</small></span>`;
  },
};
