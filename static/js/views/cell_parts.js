import { html } from 'lit-html';

import { positionText } from '../core/layers/place.js';
import { once } from '../core/once.js';
import { decimalsFor, figure, texNumber } from '../core/rounding.js';
import { swatch } from '../render/tiles.js';

/** @import {Explained} from '../core/layers/explain.js' */

/** Cells of a window that carry their numbers in the label, at most: more would hide the picture. */
export const NUMBERED = 9;

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
 * The formula of the explained value, and below it what its numbers come to.
 * @param {Explained} explained
 * @param {string} numbers  LaTeX of the substituted line
 * @param {{lit: number | null, light: (term: number | null) => void} | null} [links]  of its terms
 */
export function cellFormula({ kind, layer, position, trace }, numbers, links = null) {
  const tex = kind.formula(trace, position, layer);
  const spoken = `The value at ${positionText(position, layer.output_shape, layer)}`;
  return html`<div class="formula" tabindex="0" role="group" aria-label="Formula of this value">
    <math-formula .tex=${tex} .label=${spoken}></math-formula>
    <math-formula
      .tex=${numbers}
      .label=${spoken}
      .lit=${links?.lit ?? null}
      @term=${(/** @type {CustomEvent<number | null>} */ { detail }) => links?.light(detail)}
    ></math-formula>
  </div>`;
}

/**
 * What the activation function behind the layer makes of the value.
 * @param {{behind: {name: string, value: number, how: (value: string) => string} | null}} model
 * @param {number} value
 * @param {number} decimals
 */
export function behindLine({ behind }, value, decimals) {
  if (!behind) return [];
  return [
    {
      name: behind.name,
      how: behind.how(figure(value, decimals)),
      value: figure(behind.value, decimals),
      isStrong: true,
    },
  ];
}

/**
 * The largest absolute value; of weights, which never change, it is found once.
 * @type {(values: Float32Array | Float64Array | readonly number[]) => number}
 */
export const limitOf = once((values) => {
  let limit = 0;
  for (const value of values) limit = Math.max(limit, Math.abs(value));
  return limit;
});

/** @param {import('../render/theme.js').Drawing} drawn */
export const picture = (drawn) => html`<drawn-picture .model=${drawn}></drawn-picture>`;

/** Three decimals, or more where those would be zeros. @param {number} value */
export const valueText = (value) =>
  figure(value, value !== 0 && Math.abs(value) < 0.1 ? Math.min(6, decimalsFor([value])) : 3);

/** A bias as the label shows it. @param {number} value @param {number} limit */
export const biasPart = (value, limit) =>
  html`<span>+</span> ${picture(swatch(value, limit, 'weight'))} <span>${valueText(value)}</span>`;
