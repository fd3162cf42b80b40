import { html } from 'lit-html';

import { flattenSource } from '../../core/layers/flatten.js';
import { largestContributions } from '../../core/layers/linear.js';
import { count, significant } from '../../core/number.js';
import { decimalsFor, figure, remainder } from '../../core/rounding.js';
import { productTiles } from '../../render/tiles.js';
import {
  behindLine,
  biasPart,
  cellFormula,
  limitOf,
  picture,
  term,
  texFigure,
  texRest,
  texResult,
  valueText,
} from '../cell_parts.js';
import { resultLines, sumList } from '../sums.js';

/**
 * @import {Explained} from '../../core/layers/explain.js'
 * @import {Contribution, LinearTrace} from '../../core/layers/linear.js'
 * @import {CellModel} from '../cell.js'
 */

/** Products of a dense unit that the label shows. */
const PRODUCTS = 3;

/** A unit that weighs all it reads. @type {import('./registry.js').KindView} */
export const linear = {
  kind: 'Linear',
  cell,
  label: ({ explained, inputLimit }) =>
    dense(
      /** @type {any} */ (explained.trace),
      inputLimit,
      limitOf(explained.parameters.weight?.data ?? []),
    ),
  waiting: 'Σ weight × value + bias',
  hasUnitWeights: true,
};

/** A dense unit: its largest contributions, the rest in one sum, the bias. @param {CellModel} model */
function cell(model) {
  const { explained, lit, light } = model;
  const trace = /** @type {LinearTrace} */ (explained.trace);
  const all = trace.products.length;
  const largest = largestContributions(trace, model.listed);
  const decimals = decimalsFor([...largest.map(({ product }) => product), trace.value]);
  return html`
    ${cellFormula(explained, sumLine(trace, largest.slice(0, 3), decimals), model)}
    <div class="cell-sums">
      <h3>${all === 1 ? '1 product' : `${count(all)} products, largest first`}</h3>
      ${sumList({
        terms: largest.map(({ index, input, weight, product }) => ({
          name: inputName(explained, index),
          note: productText(input, weight),
          value: product,
          isLit: index === lit,
          light: (isOn) => light(isOn ? index : null),
        })),
        count: all,
        sum: trace.sum,
        limit: limitOf(trace.products),
        decimals,
        list: model.list,
      })}
      ${resultLines([
        { name: 'full sum', how: `of all ${count(all)}`, value: figure(trace.sum, decimals) },
        { name: 'bias', value: figure(trace.bias, decimals) },
        { name: 'value', value: figure(trace.value, decimals), isStrong: true },
        ...behindLine(model, trace.value, decimals),
      ])}
    </div>
  `;
}

/**
 * An input times its weight, each with as many digits as its product is shown with.
 * @param {number} input
 * @param {number} weight
 */
const productText = (input, weight) => `${significant(input, 4)} × ${significant(weight, 4)}`;

/**
 * The substituted line: the largest products, the rest in one number, the bias.
 * @param {LinearTrace} trace
 * @param {readonly Contribution[]} largest
 * @param {number} decimals
 */
function sumLine(trace, largest, decimals) {
  const terms = largest.map(({ index, product }) => term(index, texFigure(product, decimals)));
  const named = largest.map(({ product }) => product);
  const others = remainder(trace.sum, named);
  const rest = texRest(others, trace.products.length - largest.length, decimals);
  const bias = texFigure(trace.bias, decimals);
  return `= ${terms.join(' + ')} ${rest} + ${bias} ${texResult(trace.value, decimals)}`;
}

/**
 * An input value's name: of a flattened volume, its map and place, where a map has several.
 * @param {Explained} explained
 * @param {number} index
 */
function inputName({ flattening }, index) {
  const [, rows = 1, columns = 1] = flattening?.input_shape ?? [];
  if (!flattening || rows * columns === 1) return `unit ${index}`;
  const { channel, row, column } = flattenSource(flattening.input_shape, index);
  return `map ${channel} (${row}, ${column})`;
}

/**
 * The largest products of a dense unit, what the others add, the bias.
 * @param {LinearTrace} trace
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
    ${biasPart(trace.bias, weightLimit)}`;
}
