import { html, nothing } from 'lit-html';

import { convolutionValue, valueFormula } from '../core/formula.js';
import { positionText } from '../core/roles.js';
import { figure, texNumber } from '../core/rounding.js';

/** @typedef {import('./cell.js').Explained} Explained */

/** A number in LaTeX, a negative one in brackets. @param {number} value @param {number} decimals */
export const texFigure = (value, decimals) => texNumber(figure(value, decimals));

/** The end of a substituted line. @param {number} value @param {number} decimals */
export const texResult = (value, decimals) =>
  `= \\mathbf{${texNumber(figure(value, decimals)).replace(/^\((.*)\)$/, '$1')}}`;

/**
 * What the substituted line does not name, in one number, so that the line adds up.
 * @param {number} rest
 * @param {number} count  of terms
 * @param {number} decimals
 */
export const texRest = (rest, count, decimals) =>
  count > 0 ? `+ \\underbrace{${texFigure(rest, decimals)}}_{${count}\\text{ more}}` : '';

/**
 * A part of the substituted line that lights what it stands for, and is lit by it.
 * @param {number} index
 * @param {string} tex
 */
export const term = (index, tex) => `\\htmlData{term=${index}}{${tex}}`;

/**
 * The formula of the explained value.
 * @param {Explained} explained
 * @param {string} numbers  LaTeX of the substituted line, '' for none
 * @param {{lit: number | null, light: (term: number | null) => void} | null} [links]  of its terms
 */
export function cellFormula({ layer, position }, numbers, links = null) {
  const tex =
    layer.kind === 'Conv2d'
      ? convolutionValue(
          position,
          layer.settings,
          layer.input_shape[0] / (layer.settings.groups ?? 1),
        )
      : valueFormula(layer.kind, position, layer);
  const spoken = `The value at ${positionText(position, layer.output_shape)}`;
  return html`<div class="formula" tabindex="0" role="group" aria-label="Formula of this value">
    <math-formula .tex=${tex} .label=${spoken}></math-formula>
    ${
      numbers
        ? html`<math-formula
          .tex=${numbers}
          .label=${spoken}
          .lit=${links?.lit ?? null}
          @term=${(/** @type {CustomEvent<number | null>} */ { detail }) => links?.light(detail)}
        ></math-formula>`
        : nothing
    }
  </div>`;
}

/**
 * What the activation function behind the layer makes of the value.
 * @param {{behind: {name: string, value: number} | null}} model
 * @param {number} value
 * @param {number} decimals
 */
export function behindLine({ behind }, value, decimals) {
  if (!behind) return [];
  return [
    {
      name: behind.name,
      how: `max(0, ${figure(value, decimals)})`,
      value: figure(behind.value, decimals),
      isStrong: true,
    },
  ];
}

/** @type {WeakMap<object, number>} */
const known = new WeakMap();

/**
 * The largest absolute value; of weights, which never change, it is found once.
 * @param {Float32Array | Float64Array | readonly number[]} values
 */
export function limitOf(values) {
  const found = known.get(values);
  if (found !== undefined) return found;
  let limit = 0;
  for (const value of values) limit = Math.max(limit, Math.abs(value));
  known.set(values, limit);
  return limit;
}
