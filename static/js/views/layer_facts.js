import { html, nothing } from 'lit-html';

import { stepText } from '../core/field_words.js';
import { macsText } from '../core/layers/explain.js';
import { kindOf } from '../core/layers/registry.js';
import { count, shapeText } from '../core/number.js';
import { atMost, inputsText, outputText } from '../core/sentences.js';
import { sizeFormula, spokenSize } from '../core/stage/formulas.js';

/** @import {Layer} from '../core/graph.js' */

/** How large a layer is, and how that comes about. @param {Layer} layer */
export function facts(layer) {
  const { parameters, receptive_field: field, output_size: size } = layer;
  const isSquare =
    size && size.height.output === size.width.output && size.height.input === size.width.input;
  return html`
    ${
      size
        ? html`<div class="formula-card">
          ${sizeLines(layer, 'H', size.height)} ${isSquare ? nothing : sizeLines(layer, 'W', size.width)}
        </div>`
        : nothing
    }
    <dl class="layer-facts">
      <div><dt>input</dt><dd>${inputsText(layer)}</dd></div>
      <div><dt>output</dt><dd>${outputText(layer)}</dd></div>
      <div>
        <dt>parameters</dt>
        <dd>
          ${
            parameters.total
              ? html`${parameters.expression} = <strong>${count(parameters.total)}</strong>`
              : 'none: nothing is learned here'
          }
        </dd>
      </div>
      <div><dt>multiply-accumulates</dt><dd>${macsText(layer)}</dd></div>
      <div>
        <dt>receptive field</dt>
        <dd>
          ${
            field
              ? html`${atMost(field)}<strong>${shapeText(field.size)}</strong> ${field.size.join() === '1,1' ? 'pixel' : 'pixels'}${stepText(layer)}`
              : 'the whole input'
          }
        </dd>
      </div>
    </dl>
  `;
}

/**
 * How one side of the output comes about.
 * @param {Layer} layer
 * @param {'H' | 'W'} letter
 * @param {import('../core/stage/formulas.js').Step} step
 */
function sizeLines(layer, letter, step) {
  const { operation } = kindOf(layer);
  if (!operation) return nothing;
  const { symbols, numbers, remainder } = sizeFormula(step, letter, operation);
  const spoken = spokenSize(step, letter);
  const lines = [symbols, numbers, remainder].filter(Boolean);
  return html`<div class="formula" tabindex="0" role="group" aria-label="Output size">
    ${lines.map((tex) => html`<math-formula .tex=${tex} .label=${spoken}></math-formula>`)}
  </div>`;
}
