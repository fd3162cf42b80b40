import { html } from 'lit-html';

import { fixed, percent, scientific, significant, withUnit } from '../../core/number.js';
import { texNumber } from '../../core/rounding.js';
import { cellFormula } from '../cell_parts.js';
import { resultLines } from '../sums.js';

/** A share of one. @type {import('./registry.js').KindView} */
export const softmax = {
  kind: 'Softmax',
  cell,
  label({ explained }) {
    const trace = /** @type {import('../../core/layers/softmax.js').SoftmaxTrace} */ (
      explained.trace
    );
    return html`<span>= e<sup>z − max</sup> / ${fixed(trace.sum, 3)} for class</span>`;
  },
};

/** A probability, term by term. @param {import('../cell.js').CellModel} model */
function cell({ explained, classes }) {
  const trace = /** @type {import('../../core/layers/softmax.js').SoftmaxTrace} */ (
    explained.trace
  );
  const chosen = explained.position.channel;
  const [sum, value] = [significant(trace.sum, 5), significant(trace.value, 4)];
  const power = `${fixed(trace.logits[chosen], 4)} - ${texNumber(fixed(trace.maximum, 4))}`;
  const numbers = `= \\frac{e^{${power.replace('−', '-')}}}{${sum}} = \\frac{${texNumber(significant(trace.exponentials[chosen], 4))}}{${sum}} = \\mathbf{${texNumber(value)}}`;
  return html`
    ${cellFormula(explained, numbers)}
    <table class="terms">
      <caption class="note">
        m is the largest logit, ${fixed(trace.maximum, 4)}: taken off first, no exponential overflows and
        no share changes
      </caption>
      <thead>
        <tr>
          <th scope="col">class</th>
          <th scope="col">logit z</th>
          <th scope="col">z − m</th>
          <th scope="col">exponential</th>
          <th scope="col">share</th>
        </tr>
      </thead>
      <tbody>
        ${classes.map(
          (label, k) => html`<tr class=${k === chosen ? 'is-current' : ''}>
            <th scope="row">${label}</th>
            <td>${fixed(trace.logits[k], 4)}</td>
            <td>${fixed(trace.logits[k] - trace.maximum, 4)}</td>
            <td>${significant(trace.exponentials[k], 4)}</td>
            <td>${shareText(trace.exponentials[k] / trace.sum)}</td>
          </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">sum</th>
          <td></td>
          <td></td>
          <td>${significant(trace.sum, 5)}</td>
          <td>${percent(1)}</td>
        </tr>
      </tfoot>
    </table>
    ${resultLines([{ name: 'probability', how: shareText(trace.value), value, isStrong: true }])}
  `;
}

/** The smallest share that a percentage with one decimal says something of. */
const SMALLEST_SHARE = 0.0005;

/** A share of one as a percentage that is never a false zero. @param {number} share */
const shareText = (share) =>
  share > 0 && share < SMALLEST_SHARE ? withUnit(scientific(100 * share), '%') : percent(share);
