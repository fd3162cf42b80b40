import { html, nothing } from 'lit-html';

import { count, fixed, significant } from '../core/number.js';
import { positionText } from '../core/roles.js';
import { decimalsFor, figure, remainder } from '../core/rounding.js';
import { largestContributions } from '../core/trace_dense.js';
import { limitOf } from './cell_parts.js';
import { operands, shownChannel } from './cell_convolution.js';
import { loupe, numberTiles, thumbnail } from '../render/thumbnails.js';
import { productTiles, swatch } from '../render/tiles.js';

/**
 * @typedef {import('./cell.js').Explained} Explained
 * @typedef {import('../core/tensor.js').Tensor} Tensor
 * @typedef {{zero: number, span: number} | null} Grey  the image's own scale, where it is the input
 */

/** Cells of a window that carry their numbers, at most: more would hide the picture. */
const NUMBERED = 9;
/** Products of a dense unit that are shown. */
const PRODUCTS = 3;

/**
 * The label that is the operation: a loupe of the map, the value, and what it is made of.
 * @param {object} model
 * @param {Explained} model.explained
 * @param {number} model.limit
 * @param {number} model.reach  the map's own range, where each has its own; else 0
 * @param {number} model.inputLimit
 * @param {readonly string[]} model.classes
 * @param {(layer: string) => Grey} model.greyOf
 */
export function hoverLabel({ explained, limit, reach, inputLimit, classes, greyOf }) {
  const { layer, position, output, torchValue } = explained;
  const isVolume = layer.output_shape.length === 3;
  const palette = layer.name === 'input' || layer.name === 'softmax' ? null : 'activation';
  return html`
    ${
      isVolume
        ? html`<drawn-picture .picture=${loupe(output, position, limit, greyOf(layer.name))}></drawn-picture>`
        : nothing
    }
    <div>
      <div class="hover-label-sum">
        ${palette ? picture(swatch(torchValue, limit, palette)) : nothing}
        <strong>${valueText(torchValue)}</strong> ${parts(explained, inputLimit, classes, greyOf(layer.inputs[0] ?? ''))}
      </div>
      <div class="hover-label-where">${positionText(position, layer.output_shape)}${reach ? ` · ±${significant(reach)}` : nothing}</div>
    </div>
  `;
}

/** @param {import('../elements/drawn_picture.js').Picture} drawn */
const picture = (drawn) => html`<drawn-picture .picture=${drawn}></drawn-picture>`;

/** Three decimals, or more where those would be zeros. @param {number} value */
const valueText = (value) =>
  figure(value, value !== 0 && Math.abs(value) < 0.1 ? Math.min(6, decimalsFor([value])) : 3);

/**
 * What stands behind the equals sign.
 * @param {Explained} explained
 * @param {number} inputLimit
 * @param {readonly string[]} classes
 * @param {Grey} grey
 */
function parts({ trace, layer, parameters }, inputLimit, classes, grey) {
  const weightLimit = limitOf(parameters?.weight.data ?? []);
  switch (trace?.kind) {
    case 'Conv2d':
      return convolution(trace, inputLimit, weightLimit, grey);
    case 'MaxPool2d':
    case 'AvgPool2d': {
      const [rows, columns] = trace.shape;
      const mark = trace.kind === 'MaxPool2d' ? (trace.winner?.windowIndex ?? -1) : -1;
      const draw = rows * columns <= NUMBERED ? numberTiles : thumbnail;
      return html`<span>= ${trace.kind === 'MaxPool2d' ? 'max' : 'mean'}</span>
        ${picture(draw(trace.window, rows, columns, inputLimit, 'activation', mark))}`;
    }
    case 'ReLU':
      return html`<span>= max(0, ${valueText(trace.input)})</span>`;
    case 'Flatten': {
      const { channel, row, column } = trace.source;
      return html`<span>= ${layer.inputs[0]} · map ${channel} · row ${row}, column ${column}</span>`;
    }
    case 'Linear':
      return dense(trace, inputLimit, weightLimit);
    case 'Softmax':
      return html`<span>= e<sup>z − max</sup> / ${fixed(trace.sum, 3)} for class</span>`;
    default:
      if (layer.kind === 'Linear') return html`<span>= Σ weight × value + bias</span>`;
      return layer.name === 'softmax' ? html`<span>${classes[0]}</span>` : nothing;
  }
}

/**
 * The channel with the largest sum, window × kernel, what the others add, the bias.
 * @param {import('../core/operations/conv2d.js').Conv2dTrace} trace
 * @param {number} inputLimit
 * @param {number} weightLimit
 * @param {Grey} grey
 */
function convolution(trace, inputLimit, weightLimit, grey) {
  const shown = shownChannel(trace, -1);
  const [channels, rows, columns] = trace.shape;
  const [window, weight] = operands(trace, shown);
  const others = remainder(trace.value - trace.bias, [trace.channelSums[shown]]);
  const products =
    rows * columns <= NUMBERED
      ? picture(
          productTiles({
            window,
            weight,
            rows,
            columns,
            grey,
            inputLimit,
            weightLimit,
            decimals: 2,
            isSmall: true,
          }),
        )
      : html`${picture(thumbnail(window, rows, columns, inputLimit, 'activation', -1, grey))}
        <span>·</span> ${picture(thumbnail(weight, rows, columns, weightLimit, 'weight'))}`;
  return html`<span>= Σ</span> ${products}
    ${channels > 1 ? html`<span>+ ${figure(others, 3)} <small>(${channels - 1} more)</small></span>` : nothing}
    ${bias(trace.bias, weightLimit)}`;
}

/**
 * The largest products of a dense unit, what the others add, the bias.
 * @param {import('../core/trace_dense.js').LinearTrace} trace
 * @param {number} inputLimit
 * @param {number} weightLimit
 */
function dense(trace, inputLimit, weightLimit) {
  const largest = largestContributions(trace, PRODUCTS);
  const named = largest.map(({ product }) => product);
  const others = remainder(trace.sum, named);
  const tiles = productTiles({
    window: largest.map(({ input }) => input),
    weight: largest.map(({ weight }) => weight),
    rows: 1,
    columns: largest.length,
    grey: null,
    inputLimit,
    weightLimit,
    decimals: 2,
    isSmall: true,
  });
  return html`<span>= Σ</span> ${picture(tiles)}
    <span>+ ${valueText(others)} <small>(${count(trace.products.length - largest.length)} more)</small></span>
    ${bias(trace.bias, weightLimit)}`;
}

/**
 * @param {number} value
 * @param {number} limit
 */
const bias = (value, limit) =>
  html`<span>+</span> ${picture(swatch(value, limit, 'weight'))} <span>${valueText(value)}</span>`;
