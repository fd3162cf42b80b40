import { html, nothing, svg } from 'lit-html';

import { counted, scientific, significant } from '../../core/number.js';
import { once } from '../../core/once.js';
import { cellText, kernelsOf } from '../../core/training/update_kernel.js';
import { gradientTex, rowsOf } from '../../core/training/update_lines.js';
import { pixelsOf } from './update_batch.js';

/**
 * @import {TensorFile, Tensor} from '../../core/tensor.js'
 */

const DIGITS = 9;

/** A number with all digits of a float32. @param {number} value */
const exact = (value) => significant(value, DIGITS);

/** @param {TensorFile} answer @param {string} name @returns {Tensor} */
const tensorOf = ({ tensors }, name) => /** @type {Tensor} */ (tensors.get(name));

/** One map of a tensor of them. @param {Tensor} tensor @param {number} index */
function mapOf({ data, shape }, index) {
  const [, rows, columns] = shape;
  const size = rows * columns;
  return { values: data.subarray(index * size, (index + 1) * size), rows, columns };
}

/** Pictures of the images whose products are largest, by their place among those. @type {(answer: TensorFile) => any[]} */
const pictures = once((answer) => {
  const { document: told } = answer;
  const [inputs, products] = [tensorOf(answer, 'inputs'), tensorOf(answer, 'products')];
  const isImage = told.layers[0].name === told.cell.layer;
  // Of a dense layer it is the place of an input.
  const channel = told.normalization.mean.length > 1 ? told.cell.index[1] : 0;
  return told.cell.pictured.map((/** @type {number} */ image, /** @type {number} */ index) => {
    const read = mapOf(inputs, index);
    return {
      image,
      read: isImage
        ? {
            ...read,
            values: pixelsOf(read.values, told.normalization, () => channel),
            palette: 'input',
          }
        : { ...read, palette: 'activation' },
      products: { ...mapOf(products, index), palette: 'activation' },
    };
  });
});

/** A map with one of its places marked. @param {any} picture @param {number | null} row @param {number | null} column @param {string} label */
const marked = (picture, row, column, label) => html`<span class="update-map">
  <value-picture .model=${picture} role="img" aria-label=${label}></value-picture>
  <svg viewBox=${`0 0 ${picture.columns} ${picture.rows}`} aria-hidden="true">
    ${
      row === null || column === null
        ? nothing
        : svg`<rect class="update-place" x=${column - 0.5} y=${row - 0.5} width="2" height="2"></rect>`
    }
  </svg>
</span>`;

/** What each image adds to the gradient, as bars from a zero in the middle. @param {Tensor} sums @param {number} markedImage */
function imageBars({ data }, markedImage) {
  const most = data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  return html`<svg
    class="update-bars"
    viewBox=${`0 -50 ${data.length} 100`}
    preserveAspectRatio="none"
    role="img"
    aria-label=${`What ${data.length === 1 ? 'the image' : `each of the ${data.length} images`} adds to the gradient, from ${exact(Math.min(...data))} to ${exact(Math.max(...data))}`}
  >
    ${Array.from(data, (value, image) => {
      const height = (Math.abs(value) / most) * 50;
      return svg`<rect
        class=${`${value < 0 ? 'sum-negative' : 'sum-positive'} ${image === markedImage ? 'is-marked' : ''}`}
        x=${image + 0.1} width="0.8" y=${value < 0 ? 0 : -height} height=${height}
      ></rect>`;
    })}
  </svg>`;
}

/** The largest products, each with its image and its place. @param {TensorFile} answer @param {number} product @param {(product: number) => void} point */
function contributions(answer, product, point) {
  const { document: told } = answer;
  const { cell, labels, classes } = told;
  const chosen = cell.largest[product] ?? cell.largest[0];
  const shown = pictures(answer).find(({ image }) => image === chosen.image);
  const isFlat = shown.read.values.length === 1;
  return html`<div class="update-products">
    <ol class="update-largest" aria-label="The largest products">
      ${cell.largest.map(
        (/** @type {any} */ each, /** @type {number} */ index) => html`<li>
          <button class="sum-row update-product" type="button" aria-pressed=${index === product} @click=${() => point(index)}>
            <span class="sum-name">image ${each.image}${each.image < labels.length ? ` (${classes[labels[each.image]]})` : ''}${isFlat ? '' : ` · ${each.row}, ${each.column}`}</span>
            <span class="update-factors">${significant(each.input)} × ${significant(each.output_gradient)}</span>
            <span class="sum-number">${significant(each.product, 4)}</span>
          </button>
        </li>`,
      )}
    </ol>
    ${
      isFlat
        ? nothing
        : html`<div class="update-maps">
            <figure>
              ${marked(shown.read, chosen.input_row, chosen.input_column, `What the weight reads of image ${chosen.image}; marked: row ${chosen.input_row ?? 'in the padding'}, column ${chosen.input_column ?? 'in the padding'}`)}
              <figcaption>image ${chosen.image}: x = ${significant(chosen.input, 4)}</figcaption>
            </figure>
            <figure>
              ${marked(shown.products, chosen.row, chosen.column, `The products of image ${chosen.image} at every position; marked: row ${chosen.row}, column ${chosen.column}`)}
              <figcaption>its products x·δ, in all ${significant(tensorOf(answer, 'image_sums').data[chosen.image], 4)}</figcaption>
            </figure>
          </div>`
    }
  </div>`;
}

/** Every number of the step. @param {any} told */
function lines({ cell, recipe, lr }) {
  const rows = rowsOf(cell.lines, cell.before, recipe.optimizer, lr);
  return html`<div class="update-table" tabindex="0" role="region" aria-label="The step, line by line">
    <table class="update-lines">
      <thead>
        <tr><th scope="col">Step</th><th scope="col">Formula</th><th scope="col">Ours, float64</th><th scope="col">PyTorch, float32</th><th scope="col">Difference</th></tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, title, tex, ours, torch, difference }) => html`<tr data-line=${name}>
            <th scope="row">${title}</th>
            <td><math-formula .tex=${tex} .label=${`${title} is ${exact(ours)}`}></math-formula></td>
            <td class="is-number" data-column="ours, float64">${exact(ours)}</td>
            <td class="is-number" data-column="PyTorch, float32">${torch === null ? html`<span class="note">within the step</span>` : exact(torch)}</td>
            <td class="is-number" data-column="difference">${difference === null ? nothing : scientific(difference)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
    ${rows.some(({ torch }) => torch === null) ? html`<p class="note">“Within the step”: PyTorch computes this number on the way and keeps it nowhere, so that there is none to compare. The change and the new weight, which are made of it, are compared.</p>` : nothing}
  </div>`;
}

/** One weight on its way: its gradient as a sum, and the step line by line. @param {TensorFile} answer @param {number} product @param {(product: number) => void} point */
export function weightWritten(answer, product, point) {
  const { document: told } = answer;
  const { cell } = told;
  const weights = tensorOf(answer, 'weights');
  const sums = tensorOf(answer, 'image_sums');
  const gradient = cell.lines[0];
  const positions = tensorOf(answer, 'products').shape.slice(1).join(' × ');
  const kernels = kernelsOf(weights.shape);
  const images = counted(sums.data.length, 'image');
  const tex = gradientTex(sums.data.length, kernels.isDense, gradient.ours);
  return html`<section class="update-weight" aria-label="One weight written out">
    <h2 class="train-part-title">
      One weight of ${cell.layer}, written out: ${cellText(kernels, cell.index)}
    </h2>
    <div class="update-gradient">
      <div>
        <math-formula .tex=${tex} .label=${`Its gradient is the sum over ${images}${kernels.isDense ? '' : ' and all positions'}: ${exact(gradient.ours)}`}></math-formula>
        <p class="note">
          ${
            kernels.isDense
              ? html`x is the input that the weight meets, δ the gradient of the mean loss by the unit’s output: one product an image. Each image adds:`
              : html`x is what the weight meets at an output position, δ the gradient of the mean loss by the output there: ${images} × ${positions} positions. Each image adds:`
          }
        </p>
        ${imageBars(sums, cell.largest[product]?.image ?? -1)}
      </div>
      ${contributions(answer, product, point)}
    </div>
    ${lines(told)}
  </section>`;
}
