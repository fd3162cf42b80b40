import { html } from 'lit-html';

import { flattenSource } from '../core/flatten.js';
import { largestContributions } from '../core/trace_dense.js';
import { count, fixed, percent, scientific, significant } from '../core/number.js';
import { decimalsFor, figure, remainder, texNumber } from '../core/rounding.js';
import {
  behindLine,
  cellFormula,
  limitOf,
  term,
  texFigure,
  texRest,
  texResult,
} from './cell_parts.js';
import { resultLines, sumList } from './sums.js';

/** @typedef {import('./cell.js').CellModel} CellModel */

/**
 * A dense unit: its largest contributions, the rest in one sum, the bias.
 * @param {CellModel} model
 */
export function linearCell(model) {
  const { explained, lit, light } = model;
  const trace = /** @type {import('../core/trace_dense.js').LinearTrace} */ (explained.trace);
  const all = trace.products.length;
  const largest = largestContributions(trace, model.listed);
  const decimals = decimalsFor([...largest.map(({ product }) => product), trace.value]);
  return html`
    ${cellFormula(explained, sumLine(trace, largest.slice(0, 3), decimals), model)}
    <div class="cell-sums">
      <h3>${count(all)} products, largest first</h3>
      ${sumList({
        terms: largest.map(({ index, input, weight, product }) => ({
          name: inputName(explained, index),
          note: productText(input, weight),
          value: product,
          isLit: index === lit,
          light: (isOn) => light(isOn ? index : null),
        })),
        count: all,
        sum: trace.sum,
        limit: limitOf(trace.products),
        decimals,
        list: model.list,
      })}
      ${resultLines([
        { name: 'full sum', how: `of all ${count(all)}`, value: figure(trace.sum, decimals) },
        { name: 'bias', value: figure(trace.bias, decimals) },
        { name: 'value', value: figure(trace.value, decimals), isStrong: true },
        ...behindLine(model, trace.value, decimals),
      ])}
    </div>
  `;
}

/**
 * An input times its weight, each with as many digits as its product is shown with.
 * @param {number} input
 * @param {number} weight
 */
export const productText = (input, weight) =>
  `${significant(input, 4)} × ${significant(weight, 4)}`;

/**
 * The substituted line: the largest products, the rest in one number, the bias.
 * @param {import('../core/trace_dense.js').LinearTrace} trace
 * @param {readonly import('../core/trace_dense.js').Contribution[]} largest
 * @param {number} decimals
 */
function sumLine(trace, largest, decimals) {
  const terms = largest.map(({ index, product }) => term(index, texFigure(product, decimals)));
  const named = largest.map(({ product }) => product);
  const others = remainder(trace.sum, named);
  const rest = texRest(others, trace.products.length - largest.length, decimals);
  const bias = texFigure(trace.bias, decimals);
  return `= ${terms.join(' + ')} ${rest} + ${bias} ${texResult(trace.value, decimals)}`;
}

/**
 * An input value's name: of a flattened volume, its map and place.
 * @param {import('./cell.js').Explained} explained
 * @param {number} index
 */
function inputName({ source }, index) {
  if (source?.kind !== 'Flatten') return `unit ${index}`;
  const { channel, row, column } = flattenSource(source.input_shape, index);
  return `map ${channel} (${row}, ${column})`;
}

/**
 * A probability, term by term.
 * @param {CellModel} model
 */
export function softmaxCell({ explained, classes }) {
  const trace = /** @type {import('../core/trace_dense.js').SoftmaxTrace} */ (explained.trace);
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
  share > 0 && share < SMALLEST_SHARE ? `${scientific(100 * share)} %` : percent(share);
