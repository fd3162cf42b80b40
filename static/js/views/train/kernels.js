import { html, nothing } from 'lit-html';

import { scientific, significant } from '../../core/number.js';
import { largest } from '../../core/range.js';
import { thousandsOf, valueAt } from '../../core/training/kernel_picture.js';
import { button } from '../button.js';

/**
 * @import {Tensor} from '../../core/tensor.js'
 * @typedef {{filter: number, input: number, row: number, column: number}} KernelCell
 *
 * The kernels of a moment, and their gradients.
 * @typedef {{name: string, isOld: boolean, isFrozen: boolean, weights: Tensor, gradients: Tensor}} MomentKernels
 *
 * @typedef {object} KernelsModel
 * @property {readonly MomentKernels[]} shown  the second is compared with the first
 * @property {boolean} isNamed  whether it is said which moment each is
 * @property {string} layer
 * @property {readonly string[]} layers  that can be chosen
 * @property {number} weightLimit  of the colours
 * @property {number} gradientLimit
 * @property {boolean} isOwnRange  whether that of the gradients is this moment's
 * @property {number} rangeCount  moments that the kernels' range is over
 * @property {KernelCell} pointed
 * @property {number} images  that the gradients are over
 * @property {string} failure
 *
 * @typedef {{choose: (layer: string) => void, point: (cell: KernelCell) => void,
 *   setOwnRange: (isOwn: boolean) => void}} KernelsActions
 */

/** A kernel of so many columns has its numbers written out. */
const NUMBERED = 7;
/** A cell of a kernel, and of one that is written out, CSS px. */
const CELL_PX = 13;
const LOUPE_PX = 46;

/** @param {KernelsModel} model @param {KernelsActions} actions */
export function kernelsView(model, actions) {
  if (model.failure && model.shown.length === 0)
    return html`<p class="note" role="status">${model.failure}</p>`;
  if (model.shown.length === 0)
    return html`<p class="note">The kernels are shown once the first moment is kept.</p>`;
  return html`
    ${head(model, actions)}
    ${model.failure ? html`<p class="note" role="status">${model.failure}</p>` : nothing}
    ${model.shown.map((one) => pair(one, model, actions))} ${reading(model, actions)}
  `;
}

/** Which layer, and what its colours span. @param {KernelsModel} model @param {KernelsActions} actions */
function head({ layer, layers, isOwnRange, rangeCount, images }, { choose, setOwnRange }) {
  const over = rangeCount === 1 ? 'of this moment' : `of all ${rangeCount} moments read`;
  return html`<div class="kernels-head">
    <label class="kernels-layer"
      >Layer
      <select
        class="field-select"
        @change=${(/** @type {Event} */ { target }) => choose(/** @type {HTMLSelectElement} */ (target).value)}
      >
        ${layers.map((name) => html`<option value=${name} ?selected=${name === layer}>${name}</option>`)}
      </select></label
    >
    <p class="note">
      One range for the kernels ${over}; the gradients have
      ${isOwnRange ? 'this moment’s own' : `one, too`}.
      ${button(isOwnRange ? 'one range for all gradients' : 'this moment’s own range', {
        shape: 'is-link',
        act: () => setOwnRange(!isOwnRange),
      })}
      They are those of the mean loss over the first ${images} training images.
    </p>
  </div>`;
}

/** What the colours of a picture span. @param {'weight' | 'gradient'} kind @param {number} limit */
const scale = (kind, limit) => html`<span class="kernels-scale">
  <span>${significant(-limit, 4)}</span><span class=${`kernels-ramp is-${kind}`} aria-hidden="true"></span
  ><span>${significant(limit, 4)}</span>
</span>`;

/** @param {MomentKernels} one @param {KernelsModel} model @param {KernelsActions} actions */
function pair(one, model, actions) {
  const { isNamed, weightLimit, gradientLimit } = model;
  return html`<div class=${`kernels-moment ${one.isOld ? 'is-old' : ''}`} aria-busy=${String(one.isOld)}>
    ${isNamed ? html`<h3>${one.name}</h3>` : nothing}
    ${one.isFrozen ? html`<p class="note">${model.layer} is frozen: it is not trained. Its gradients are what they would be.</p>` : nothing}
    <div class="kernels-pair">
      ${wall('weight', one.weights, weightLimit, model, actions)}
      ${wall('gradient', one.gradients, gradientLimit, model, actions)}
    </div>
  </div>`;
}

const TITLES = { weight: 'Kernels', gradient: 'Their gradients' };

/**
 * All kernels, or all their gradients, each at the same place.
 * @param {'weight' | 'gradient'} palette
 * @param {Tensor} tensor
 * @param {number} limit
 * @param {KernelsModel} model
 * @param {KernelsActions} actions
 */
function wall(palette, tensor, limit, { pointed, layer }, { point }) {
  const [filters, inputs, , columns] = tensor.shape;
  const selected = pointed.filter * inputs + pointed.input;
  const most = inputs > 8 || columns > NUMBERED ? 3 : CELL_PX;
  const label = `${TITLES[palette]} of ${layer}: ${filters} filters of ${inputs}. Arrow keys walk.`;
  return html`<figure class="kernels-wall">
    <figcaption>${TITLES[palette]} ${scale(palette, limit)}</figcaption>
    <kernel-wall
      .label=${label}
      .model=${{ weight: tensor, limit, palette, selected, largest: most }}
      @cell=${(/** @type {CustomEvent<KernelCell | null>} */ { detail }) => detail && point(detail)}
    ></kernel-wall>
  </figure>`;
}

/** What is under the pointer, in numbers. @param {KernelsModel} model @param {KernelsActions} actions */
function reading(model, actions) {
  const { isNamed, shown, pointed } = model;
  const [, inputs, , columns] = shown[0].weights.shape;
  const { filter, input, row, column } = pointed;
  const place = `filter ${filter}${inputs > 1 ? `, input ${input}` : ''}, row ${row}, column ${column}`;
  return html`<div class="kernels-reading">
    ${columns <= NUMBERED ? shown.map((one) => loupes(one, model, actions)) : nothing}
    <p role="status">
      <strong>${place}</strong>
      ${shown.map((one) => numbers(one, pointed, isNamed))}
    </p>
  </div>`;
}

/** @param {MomentKernels} one @param {KernelCell} at @param {boolean} isNamed */
function numbers({ weights, gradients, name, isFrozen }, at, isNamed) {
  const [weight, gradient] = [valueAt(weights, at), valueAt(gradients, at)];
  if (weight === undefined || gradient === undefined)
    return html`<br />${name}: its kernels have no such weight.`;
  const way = gradient < 0 ? 'A larger' : 'A smaller';
  return html`<br />${isNamed ? `${name}: ` : nothing}weight
    <b>${significant(weight, 4)}</b>, gradient <b>${significant(gradient, 4)}</b>.
    ${isFrozen ? 'It is frozen, and stays as it is.' : gradient === 0 ? 'No change of it would change the loss.' : `${way} weight would lower the loss.`}`;
}

/** A kernel and its gradient, written out; its cells can be walked. @param {MomentKernels} one @param {KernelsModel} model @param {KernelsActions} actions */
function loupes({ weights, gradients }, model, actions) {
  return html`<div class="kernels-loupes">
    ${loupe('weight', weights, model.weightLimit, model, actions)}
    ${loupe('gradient', gradients, model.gradientLimit, model, actions)}
  </div>`;
}

/**
 * @param {'weight' | 'gradient'} palette
 * @param {Tensor} tensor
 * @param {number} limit
 * @param {KernelsModel} model
 * @param {KernelsActions} actions
 */
function loupe(palette, { shape, data }, limit, { pointed }, { point }) {
  const [, inputs, rows, columns] = shape;
  const { filter, input, row, column } = pointed;
  const start = (filter * inputs + input) * rows * columns;
  const exact = data.subarray(start, start + rows * columns);
  const power = thousandsOf(largest(exact.map(Math.abs)));
  const values = exact.map((value) => value / 10 ** power);
  const cell = Math.floor((LOUPE_PX * 3) / Math.max(3, columns));
  const model = {
    values,
    rows,
    columns,
    cell,
    palette,
    limit: limit / 10 ** power,
    isNumbered: true,
  };
  const spoken = Array.from(exact, (value) => significant(value)).join(', ');
  const label = `${TITLES[palette]}, filter ${filter}: ${spoken}. Arrow keys walk.`;
  return html`<div>
    <value-grid
      interactive
      tabindex="0"
      role="application"
      aria-label=${label}
      .model=${{ ...model, cursor: { row, column } }}
      @point=${(/** @type {CustomEvent} */ { detail }) => detail && point({ filter, input, ...detail })}
      @choose=${(/** @type {CustomEvent} */ { detail }) => point({ filter, input, ...detail })}
    ></value-grid>
    <span class="note">${palette}${power ? ` × ${scientific(10 ** power, 0).split(' · ')[1]}` : nothing}</span>
  </div>`;
}
