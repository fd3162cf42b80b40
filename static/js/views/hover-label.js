import { html, nothing } from 'lit-html';

import { fixed } from '../core/number.js';
import { positionText } from '../core/roles.js';
import { limitOf } from './cell_parts.js';
import { shownChannel } from './cell_convolution.js';
import { loupe, thumbnail } from '../render/thumbnails.js';
import { swatch } from '../render/tiles.js';

/**
 * @typedef {import('./cell.js').Explained} Explained
 * @typedef {import('../core/tensor.js').Tensor} Tensor
 */

/**
 * The label that is the operation: a loupe of the map, the value, and what it is made of.
 * @param {object} model
 * @param {Explained} model.explained
 * @param {number} model.limit
 * @param {number} model.inputLimit
 * @param {readonly string[]} model.classes
 * @param {(layer: string) => {zero: number, span: number} | null} model.greyOf
 */
export function hoverLabel({ explained, limit, inputLimit, classes, greyOf }) {
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
        <strong>${fixed(torchValue, 3)}</strong> ${parts(explained, inputLimit, classes, greyOf(layer.inputs[0] ?? ''))}
      </div>
      <div class="hover-label-where">${positionText(position, layer.output_shape)}</div>
    </div>
  `;
}

/** @param {import('../elements/drawn-picture.js').Picture} drawn */
const picture = (drawn) => html`<drawn-picture .picture=${drawn}></drawn-picture>`;

/**
 * What stands behind the equals sign.
 * @param {Explained} explained
 * @param {number} inputLimit
 * @param {readonly string[]} classes
 * @param {{zero: number, span: number} | null} grey
 */
function parts({ trace, layer, parameters }, inputLimit, classes, grey) {
  switch (trace?.kind) {
    case 'Conv2d': {
      const shown = shownChannel(trace, -1);
      const [channels, rows, columns] = trace.shape;
      const part = (/** @type {Float64Array} */ values) =>
        values.subarray(shown * rows * columns, (shown + 1) * rows * columns);
      const weightLimit = limitOf(parameters?.weight.data ?? []);
      return html`<span>= Σ</span>
        ${picture(thumbnail(part(trace.window), rows, columns, inputLimit, 'activation', -1, grey))}
        <span>·</span> ${picture(thumbnail(part(trace.weight), rows, columns, weightLimit, 'weight'))}
        ${channels > 1 ? html`<span>+ ${channels - 1} more</span>` : nothing}
        <span>+</span> ${picture(swatch(trace.bias, weightLimit, 'weight'))} <span>${fixed(trace.bias, 3)}</span>`;
    }
    case 'MaxPool2d':
    case 'AvgPool2d': {
      const [rows, columns] = trace.shape;
      const mark = trace.kind === 'MaxPool2d' ? (trace.winner?.windowIndex ?? -1) : -1;
      return html`<span>= ${trace.kind === 'MaxPool2d' ? 'max' : 'mean'}</span>
        ${picture(thumbnail(trace.window, rows, columns, inputLimit, 'activation', mark))}`;
    }
    case 'ReLU':
      return html`<span>= max(0, ${fixed(trace.input, 3)})</span>`;
    case 'Flatten': {
      const { channel, row, column } = trace.source;
      return html`<span>= ${layer.inputs[0]} · map ${channel} · row ${row}, column ${column}</span>`;
    }
    case 'Linear':
      return html`<span>= Σ of ${trace.products.length} products + ${fixed(trace.bias, 3)}</span>`;
    case 'Softmax':
      return html`<span>= e<sup>z − max</sup> / ${fixed(trace.sum, 3)} for class</span>`;
    default:
      return layer.name === 'softmax' ? html`<span>${classes[0]}</span>` : nothing;
  }
}
