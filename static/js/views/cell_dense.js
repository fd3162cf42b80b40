import { html } from 'lit-html';

import { flattenSource } from '../core/flatten.js';
import { largestContributions } from '../core/trace_dense.js';
import { count, fixed, percent, significant } from '../core/number.js';
import { layerNamed } from '../state/store.js';
import { behindLine, cellFormula, limitOf, term, texNumber } from './cell_parts.js';
import { resultLines, sumList } from './sums.js';

/** @typedef {import('./cell.js').CellModel} CellModel */

/** Contributions that are listed by name when the list is open. */
const LISTED = 64;

/**
 * A dense unit: its largest contributions, the rest in one sum, the bias.
 * @param {CellModel} model
 */
export function linearCell(model) {
  const { explained, lit, light } = model;
  const trace = /** @type {import('../core/trace_dense.js').LinearTrace} */ (explained.trace);
  const largest = largestContributions(trace, LISTED);
  const named = largest.reduce((sum, { product }) => sum + product, 0);
  const others = trace.products.length - largest.length;
  const terms = largest.map(({ index, input, weight, product }) => ({
    name: inputName(explained.layer, index),
    note: `${fixed(input, 2)} × ${fixed(weight, 3)}`,
    value: product,
    isLit: index === lit,
    light: (/** @type {boolean} */ isOn) => light(isOn ? index : null),
  }));
  const shown = largest.slice(0, 3).map(({ index, product }) => term(index, texNumber(product, 4)));
  const rest = trace.products.length - shown.length;
  const numbers = `= ${shown.join(' + ')} + \\underbrace{\\cdots}_{${rest}\\text{ more}} + ${texNumber(trace.bias, 4)} = \\mathbf{${trace.value.toFixed(4)}}`;
  return html`
    ${cellFormula(explained, numbers, model)}
    <div class="cell-sums">
      <h3>${count(trace.products.length)} products, largest first</h3>
      ${sumList({
        terms,
        limit: limitOf(largest.map(({ product }) => product)),
        isOpen: model.isListOpen,
        toggle: model.toggle,
      })}
      ${resultLines([
        ...(others > 0
          ? [{ name: `${count(others)} smaller ones`, value: fixed(trace.sum - named, 4) }]
          : []),
        {
          name: 'full sum',
          how: `of all ${count(trace.products.length)}`,
          value: fixed(trace.sum, 4),
        },
        { name: 'bias', value: fixed(trace.bias, 4) },
        { name: 'value', value: fixed(trace.value, 4), isStrong: true },
        ...behindLine(model, trace.value),
      ])}
    </div>
  `;
}

/**
 * An input value's name: of a flattened volume, its map and place.
 * @param {import('../state/store.js').Layer} layer
 * @param {number} index
 */
function inputName(layer, index) {
  const source = layerNamed(layer.inputs[0] ?? '');
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
  const own = trace.exponentials[chosen];
  const numbers = `= \\frac{e^{${trace.logits[chosen].toFixed(2)} - ${texNumber(trace.maximum)}}}{${trace.sum.toFixed(4)}} = \\frac{${own.toPrecision(4)}}{${trace.sum.toFixed(4)}} = \\mathbf{${trace.value.toFixed(4)}}`;
  return html`
    ${cellFormula(explained, tenPower(numbers))}
    <table class="terms">
      <caption class="note">
        the largest logit, ${fixed(trace.maximum, 4)}, is taken off first: no exponential overflows
      </caption>
      <thead>
        <tr>
          <th scope="col">class</th>
          <th scope="col">logit z</th>
          <th scope="col">z − max</th>
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
            <td>${percent(trace.exponentials[k] / trace.sum)}</td>
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
    ${resultLines([{ name: 'probability', how: percent(trace.value), value: significant(trace.value, 5), isStrong: true }])}
  `;
}

/** JavaScript's e-notation as a power of ten. @param {string} tex */
const tenPower = (tex) => tex.replace(/e([+-]\d+)/g, (_, power) => `\\cdot 10^{${Number(power)}}`);
