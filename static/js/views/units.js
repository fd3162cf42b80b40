import { html, nothing } from 'lit-html';

/**
 * @typedef {import('../state/store.js').Layer} Layer
 * @typedef {import('../core/tensor.js').Tensor} Tensor
 */

/**
 * How a vector's units lie in a grid: few units in lines of eight with their numbers, thousands as
 * small cells.
 * @param {number} count
 */
export function unitLayout(count) {
  if (count > 512) return { columns: 56, cell: 10 };
  if (count > 16) return { columns: 8, cell: 40 };
  return { columns: count, cell: 48 };
}

/**
 * A vector's units as a grid.
 * @param {object} model
 * @param {Layer} model.layer
 * @param {Tensor} model.tensor  (n,)
 * @param {number} model.limit
 * @param {readonly string[]} model.classes
 * @param {(unit: number | null) => void} model.point
 * @param {(unit: number) => void} model.open
 * @param {number} [model.selected]
 */
export function unitGrid({ layer, tensor, limit, classes, point, open, selected }) {
  const count = tensor.data.length;
  const { columns, cell } = unitLayout(count);
  const rows = Math.ceil(count / columns);
  const values = new Float32Array(rows * columns).fill(NaN);
  values.set(tensor.data);
  const isProbability = layer.kind === 'Softmax';
  const cursor =
    selected === undefined
      ? null
      : { row: Math.floor(selected / columns), column: selected % columns };
  const model = {
    values,
    rows,
    columns,
    cell,
    palette: isProbability ? 'input' : 'activation',
    limit,
    isNumbered: true,
    cursor,
  };
  const unitOf = (/** @type {{row: number, column: number}} */ at) => at.row * columns + at.column;
  return html`
    <div class="grid-scroller">
      <value-grid
        interactive
        tabindex="0"
        role="application"
        aria-roledescription="units"
        aria-label=${`The ${count} units of ${layer.name}. Arrow keys walk, Enter opens.`}
        .model=${model}
        @point=${(/** @type {CustomEvent} */ { detail }) => point(detail && unitOf(detail))}
        @choose=${(/** @type {CustomEvent} */ { detail }) => unitOf(detail) < count && open(unitOf(detail))}
      ></value-grid>
      ${
        count === classes.length
          ? html`<ol class="unit-classes" aria-hidden="true">
            ${classes.map((label) => html`<li>${label}</li>`)}
          </ol>`
          : nothing
      }
    </div>
  `;
}
