// A convolution's value in the label beside the pointer.

import { html, nothing } from 'lit-html';

import { largestFirst } from '../../core/layers/window.js';
import { figure, remainder } from '../../core/rounding.js';
import { thumbnail } from '../../render/thumbnails.js';
import { productTiles } from '../../render/tiles.js';
import { NUMBERED, biasPart, limitOf, picture } from '../cell_parts.js';

/**
 * @import {Explained} from '../../core/layers/explain.js'
 * @import {WindowTrace} from '../../core/layers/window.js'
 * @import {Block} from '../../core/stage/equation.js'
 */

/** The equation of a convolution's value. @param {Explained} explained */
export function equationIn({ trace }) {
  const { equation } = /** @type {WindowTrace} */ (trace);
  const bias = equation.way.kind === 'sum' ? equation.way.bias : null;
  return { blocks: equation.blocks, bias, value: Number(equation.result) };
}

/** A block's weights; a convolution has them. @param {Block} block */
export const weightsOf = ({ right }) => /** @type {Float64Array} */ (right);

/**
 * The channel with the largest sum, window × kernel, what the others add, the bias.
 * @param {import('../hover_label.js').LabelModel} model
 */
export function label({ explained, inputLimit, greyOf }) {
  const { blocks, bias, value } = equationIn(explained);
  const [block] = largestFirst(blocks);
  const { rows, columns, left: window } = block;
  const weight = weightsOf(block);
  const grey = greyOf(explained.layer.inputs.join());
  const weightLimit = limitOf(explained.parameters.weight?.data ?? []);
  const others = remainder(value - (bias ?? 0), [block.sum]);
  const small = { rows, columns, grey, inputLimit, weightLimit, decimals: 2, isSmall: true };
  const products =
    rows * columns <= NUMBERED
      ? picture(productTiles({ window, weight, ...small }))
      : html`${picture(thumbnail(window, rows, columns, inputLimit, 'activation', -1, grey))}
        <span>·</span> ${picture(thumbnail(weight, rows, columns, weightLimit, 'weight'))}`;
  return html`<span>= Σ</span> ${products}
    ${blocks.length > 1 ? html`<span>+ ${figure(others, 3)} <small>(${blocks.length - 1} more)</small></span>` : nothing}
    ${bias === null ? nothing : biasPart(bias, weightLimit)}`;
}
