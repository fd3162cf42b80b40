import { html, nothing } from 'lit-html';

import { largest } from '../core/range.js';
import { fixed } from '../core/number.js';

/**
 * @typedef {import('../core/tensor.js').Tensor} Tensor
 * @typedef {import('../state/store.js').Layer} Layer
 */

/** A kernel's cell with its number in it, CSS px. */
const CELL_PX = 26;

/**
 * A convolution's kernels: all as one picture, and those of one filter with their numbers.
 * @param {object} model
 * @param {Layer} model.layer
 * @param {{weight: Tensor, bias: Tensor | null} | undefined} model.weights
 * @param {number} model.filter  whose kernels are shown with numbers
 * @param {(filter: number | null) => void} model.point
 * @param {(filter: number) => void} model.open
 */
export function kernels({ layer, weights, filter, point, open }) {
  if (!weights) return html`<p class="note">The kernels are on their way.</p>`;
  const { weight, bias } = weights;
  const [filters, inputs] = weight.shape;
  const limit = largest(weight.data.map(Math.abs));
  const isSingle = inputs === 1;
  return html`
    <h3>${filters} ${filters === 1 ? 'filter' : 'filters'} of ${inputs} ${inputs === 1 ? 'kernel' : 'kernels'}, ±${fixed(limit, 3)}</h3>
    ${
      isSingle
        ? nothing
        : html`<kernel-wall
          class="kernel-wall"
          .label=${`All ${filters * inputs} kernels: a line a filter, a column an input channel`}
          .model=${{ weight, limit }}
          @kernel=${(/** @type {CustomEvent} */ event) => point(event.detail?.filter ?? null)}
          @filter=${(/** @type {CustomEvent} */ event) => open(event.detail)}
        ></kernel-wall>`
    }
    ${
      isSingle
        ? nothing
        : html`<h3>filter ${filter}: one kernel an input map${bias ? html`, bias ${fixed(bias.data[filter], 4)}` : nothing}</h3>`
    }
    ${numbered(weight, isSingle ? null : filter, limit, layer)}
  `;
}

/**
 * Kernels large enough for their numbers.
 * @param {Tensor} weight
 * @param {number | null} filter  null: the only kernel of every filter
 * @param {number} limit
 * @param {Layer} layer
 */
function numbered(weight, filter, limit, layer) {
  const [filters, inputs, rows, columns] = weight.shape;
  const size = rows * columns;
  const count = filter === null ? filters : inputs;
  const first = filter === null ? 0 : filter * inputs;
  const word = filter === null ? 'filter' : layer.inputs[0];
  return html`<ul class="kernel-list">
    ${Array.from({ length: count }, (_, index) => {
      const values = weight.data.subarray((first + index) * size, (first + index + 1) * size);
      const model = {
        values,
        rows,
        columns,
        cell: CELL_PX,
        palette: 'weight',
        limit,
        isNumbered: true,
      };
      const spoken = Array.from(values, (value) => fixed(value)).join(', ');
      return html`<li>
        <value-grid role="img" aria-label=${`${word} ${index}: ${spoken}`} .model=${model}></value-grid>
        <span class="kernel-index">${index}</span>
      </li>`;
    })}
  </ul>`;
}
