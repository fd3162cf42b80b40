import { html, nothing } from 'lit-html';

import { incoming, wiringOf } from '../core/layers/wiring.js';
import { count, counted, fixed } from '../core/number.js';
import { sum } from '../core/operands.js';
import { factor } from '../core/rounding.js';
import { button } from './button.js';
import { limitOf } from './cell_parts.js';

/**
 * @import {Tensor} from '../core/tensor.js'
 * @import {Layer} from '../core/graph.js'
 */

/** A kernel's cell with its number in it, CSS px: in the list, under the loupe. */
const CELL_PX = 36;
const LOUPE_PX = 52;
/** Kernels that are listed with their numbers, and in addition at once. */
const LISTED = 64;

/** The first input map that a filter reads, that of its group. @param {Layer} layer @param {number} filter */
const firstMap = (layer, filter) =>
  wiringOf(layer).reads(layer, incoming(layer.input_shapes)[0], filter).first;

/**
 * @typedef {object} KernelsModel
 * @property {Layer} layer
 * @property {import('../core/layers/registry.js').Parameters | undefined} weights
 * @property {number} filter  whose kernels are shown with numbers
 * @property {{filter: number, input: number}} kernel  the one under the loupe
 * @property {(kernel: {filter: number, input: number}) => void} look
 * @property {(filter: number) => void} open
 * @property {number} listed  kernels that are listed with their numbers; 0: as many as usual
 * @property {(length: number) => void} list  changes how many
 */

/**
 * All kernels of a convolution that reads several maps, as one picture, and one of them enlarged.
 * @param {KernelsModel} model
 */
export function kernelWall({ layer, weights, kernel, look, open }) {
  const weight = weights?.weight;
  if (!weight) return html`<p class="note detail-wall">The kernels are on their way.</p>`;
  const [filters, inputs] = weight.shape;
  if (inputs === 1) return nothing;
  const limit = limitOf(weight.data);
  const selected = kernel.filter * inputs + kernel.input;
  return html`<div class="detail-wall">
    <h3>${counted(filters, 'filter')} of ${inputs} kernels, ±${fixed(limit, 3)}</h3>
    ${loupe(weight, kernel, limit, layer)}
    <kernel-wall
      class="kernel-wall"
      .label=${`All ${filters * inputs} kernels: filter after filter, each with a column an input channel. Arrow keys walk.`}
      .model=${{ weight, limit, selected, isBounded: true }}
      @kernel=${(/** @type {CustomEvent} */ { detail }) => detail && look(detail)}
      @filter=${(/** @type {CustomEvent} */ event) => open(event.detail)}
    ></kernel-wall>
  </div>`;
}

/**
 * One kernel of the wall, large, with its numbers and its name.
 * @param {Tensor} weight
 * @param {{filter: number, input: number}} kernel
 * @param {number} limit
 * @param {Layer} layer
 */
function loupe(weight, { filter, input }, limit, layer) {
  const [, inputs, rows, columns] = weight.shape;
  const size = rows * columns;
  const start = (filter * inputs + input) * size;
  const values = weight.data.subarray(start, start + size);
  const spoken = Array.from(values, (value) => factor(value, 3)).join(', ');
  const map = firstMap(layer, filter) + input;
  const cell = Math.floor((LOUPE_PX * 3) / Math.max(3, columns));
  return html`<div class="kernel-loupe">
    <value-grid
      role="img"
      aria-label=${`Filter ${filter}, kernel of map ${map}: ${spoken}`}
      .model=${{ values, rows, columns, cell, palette: 'weight', limit, isNumbered: true, decimals: 3 }}
    ></value-grid>
    <p>
      <strong>filter ${filter}</strong>, which makes map ${filter}<br />
      its kernel on <strong>${layer.inputs.join()} · map ${map}</strong><br />
      <span class="note">adds up to ${factor(sum(Float64Array.from(values)), 3)}</span>
    </p>
  </div>`;
}

/** All weights of one filter. @param {Tensor} weight @param {number} filter */
function filterOf({ shape: [filters], data }, filter) {
  const size = data.length / filters;
  return data.subarray(filter * size, (filter + 1) * size);
}

/**
 * Kernels with their numbers, side by side: the only one of every filter, or those of one filter.
 * @param {KernelsModel} model
 */
export function kernelList({ layer, weights, filter, listed, list }) {
  if (!weights?.weight) return nothing;
  const { weight, bias } = weights;
  const [filters, inputs] = weight.shape;
  const all = inputs === 1 ? filters : inputs;
  const shown = Math.min(all, listed || LISTED);
  const next = Math.min(all - shown, LISTED);
  // A filter's own range, as its kernels are compared with each other.
  const own = inputs === 1 ? weight.data : filterOf(weight, filter);
  const limit = limitOf(own);
  const title =
    inputs === 1
      ? html`${counted(filters, 'filter')} of 1 kernel, ±${fixed(limit, 3)}`
      : html`filter ${filter}: one kernel an input map, ±${fixed(limit, 3)}${
          bias ? html`, bias ${fixed(bias.data[filter], 4)}` : nothing
        }`;
  return html`<div class="detail-kernels">
    <h3>${title}</h3>
    ${numbered(weight, inputs === 1 ? null : filter, shown, limit, layer)}
    ${
      next > 0
        ? button(`${next} more of ${count(all - shown)}`, {
            shape: 'is-link',
            act: () => list(shown + next),
          })
        : nothing
    }
  </div>`;
}

/**
 * Kernels large enough for their numbers.
 * @param {Tensor} weight
 * @param {number | null} filter  null: the only kernel of every filter
 * @param {number} shown  the first so many
 * @param {number} limit
 * @param {Layer} layer
 */
function numbered(weight, filter, shown, limit, layer) {
  const [, inputs, rows, columns] = weight.shape;
  const size = rows * columns;
  const first = filter === null ? 0 : filter * inputs;
  const word = filter === null ? 'filter' : layer.inputs.join();
  const from = filter === null ? 0 : firstMap(layer, filter);
  return html`<ul class="kernel-list">
    ${Array.from({ length: shown }, (_, index) => {
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
        <value-grid role="img" aria-label=${`${word} ${from + index}: ${spoken}`} .model=${model}></value-grid>
        <span class="kernel-index">${from + index}</span>
      </li>`;
    })}
  </ul>`;
}
