import { html, nothing } from 'lit-html';

import { fixed, significant } from '../../core/number.js';
import { once } from '../../core/once.js';
import { largest } from '../../core/range.js';
import {
  cellOf,
  cellText,
  changesOf,
  indexOf,
  kernelValues,
  kernelsOf,
} from '../../core/training/update_kernel.js';

/**
 * @import {TensorFile, Tensor} from '../../core/tensor.js'
 * @import {Cell, Kernels} from '../../core/training/update_kernel.js'
 *
 * @typedef {{name: string, title: string, values: Float32Array, palette: 'weight' | 'gradient',
 *   limit: number}} Quantity
 */

/** A kernel fills so much, a dense layer's unit more, CSS px; a cell is no larger. */
const KERNEL_PX = 108;
const UNIT_PX = 176;
const MOST_CELL_PX = 36;

/** @param {Float32Array} values */
const reachOf = (values) => largest(values.map(Math.abs));

/** What is told of every weight of the layer. @type {(answer: TensorFile) => {kernels: Kernels, quantities: Quantity[]}} */
const told = once(({ tensors }) => {
  const of = (/** @type {string} */ name) => /** @type {Tensor} */ (tensors.get(name));
  const [before, gradient, after] = ['weights', 'gradients', 'weights_after'].map(of);
  const change = changesOf(after.data, before.data);
  const weight = /** @type {const} */ ('weight');
  const limit = Math.max(reachOf(before.data), reachOf(after.data));
  return {
    kernels: kernelsOf(before.shape),
    quantities: [
      { name: 'before', title: 'before', values: before.data, palette: weight, limit },
      {
        ...{ name: 'gradient', title: 'gradient', values: gradient.data },
        ...{ palette: /** @type {const} */ ('gradient'), limit: reachOf(gradient.data) },
      },
      {
        name: 'change',
        title: 'after − before',
        values: change,
        palette: weight,
        limit: reachOf(change),
      },
      { name: 'after', title: 'after', values: after.data, palette: weight, limit },
    ],
  };
});

/** All kernels as one picture. @param {Quantity} quantity @param {Kernels} kernels @param {Cell} cell @param {(index: readonly number[]) => void} choose */
function wall({ name, title, values, palette, limit }, kernels, cell, choose) {
  const { filters, inputs, rows, columns } = kernels;
  const shape = [filters, inputs, rows, columns];
  const chosen = (/** @type {CustomEvent} */ { detail }) =>
    choose(indexOf(kernels, { ...cell, ...detail }));
  return html`<figure class="update-wall" data-quantity=${name}>
    <kernel-wall
      .label=${`${filters * inputs} kernels, ${title}. Arrow keys walk, Enter chooses.`}
      .model=${{ weight: remembered(values, shape), limit, palette, selected: cell.filter * inputs + cell.input }}
      @choose=${chosen}
    ></kernel-wall>
    <figcaption>${title} <span class="note">±${significant(limit, 2)}</span></figcaption>
  </figure>`;
}

/** The same tensor for the same values. @type {(values: Float32Array) => Map<string, Tensor>} */
const shapes = once(() => new Map());

/** @param {Float32Array} data @param {readonly number[]} shape */
function remembered(data, shape) {
  const known = shapes(data);
  const key = shape.join();
  let found = known.get(key);
  if (!found) known.set(key, (found = { shape, data }));
  return found;
}

/** The chosen kernel with its numbers. @param {Quantity} quantity @param {Kernels} kernels @param {Cell} cell @param {(index: readonly number[]) => void} choose */
function kernel({ name, title, values, palette, limit }, kernels, cell, choose) {
  const { rows, columns } = kernels;
  const own = kernelValues(values, kernels, cell);
  const side = Math.max(
    1,
    Math.min(
      MOST_CELL_PX,
      Math.floor((kernels.isDense ? UNIT_PX : KERNEL_PX) / Math.max(rows, columns)),
    ),
  );
  const model = {
    values: own,
    rows,
    columns,
    cell: side,
    palette,
    limit,
    isNumbered: true,
    decimals: 3,
  };
  const at = own[cell.row * columns + cell.column];
  return html`<figure class="update-kernel" data-quantity=${name}>
    <value-grid
      interactive
      tabindex="0"
      role="application"
      aria-roledescription="kernel"
      aria-label=${`${title}: row ${cell.row}, column ${cell.column} is ${fixed(at, 6)}. Arrow keys choose another weight.`}
      .model=${{ ...model, cursor: { row: cell.row, column: cell.column } }}
      @choose=${(/** @type {CustomEvent} */ { detail }) => choose(indexOf(kernels, { ...cell, ...detail }))}
    ></value-grid>
    <figcaption>${title}</figcaption>
  </figure>`;
}

/** The layer's kernels before and after, and one of them with its numbers. @param {TensorFile} answer @param {(index: readonly number[]) => void} choose */
export function kernelPictures(answer, choose) {
  const { kernels, quantities } = told(answer);
  const { index } = answer.document.cell;
  const cell = cellOf(kernels, index);
  const [before, gradient, change, after] = quantities;
  const isSmall = kernels.inputs === 1 && !kernels.isDense;
  const walls = isSmall ? [before, gradient, change] : [change];
  return html`<div class=${`update-walls ${isSmall ? '' : 'is-one'}`}>
      ${walls.map((each) => wall(each, kernels, cell, choose))}
    </div>
    <p class="note">
      Chosen: ${cellText(kernels, index)}${kernels.isDense ? `; its unit’s ${kernels.rows * kernels.columns} weights laid into ${kernels.rows} × ${kernels.columns}` : nothing}.
    </p>
    <div class=${`update-kernel-row ${kernels.isDense ? 'is-dense' : ''}`}>
      ${[before, gradient, change, after].map((each) => kernel(each, kernels, cell, choose))}
    </div>`;
}
