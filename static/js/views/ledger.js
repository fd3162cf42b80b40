import { html, nothing } from 'lit-html';

import { count, shapeText, spanText } from '../core/number.js';
import { atMost, inputsText, outputText, settingsText, sizeText } from '../core/sentences.js';

/**
 * @import {Layer} from '../core/graph.js'
 * @import {Bracket, Column} from '../core/layers/columns.js'
 * @import {Fold} from '../core/layers/folds.js'
 *
 * @typedef {{open: (view: {kind: 'layer', layer: string}) => void, turn: (key: string) => void}} OpenLayer
 */

/**
 * The shape ledger: every layer in one table, each row opening its layer; of a stage that is folded one row,
 * which unfolds it.
 * @param {object} model
 * @param {readonly Layer[]} model.layers
 * @param {readonly Column[]} model.columns  the input first
 * @param {readonly Bracket[]} model.brackets
 * @param {string} model.current  the open layer's name, or ''
 * @param {{title: string, source: string, parameters: number, multiply_accumulates: number}} model.totals
 * @param {OpenLayer} actions
 */
export function ledger({ layers, columns, brackets, current, totals }, actions) {
  const atLeast = layers.some((layer) => layer.multiply_accumulates === null) ? 'at least ' : '';
  return html`
    <div class="ledger-scroller" tabindex="0" role="region" aria-label="Shape ledger">
      <table class="ledger">
        <caption class="visually-hidden">
          Every layer: shapes, size formula, parameters, multiply-accumulates, receptive field
        </caption>
        <thead>
          <tr>
            <th scope="col">layer</th>
            <th scope="col">settings</th>
            <th scope="col" class="is-input">input</th>
            <th scope="col">output</th>
            <th scope="col">output size</th>
            <th scope="col">parameters</th>
            <th scope="col" class="is-number">MACs</th>
            <th scope="col" class="is-number">receptive field</th>
          </tr>
        </thead>
        <tbody>
          ${columns
            .slice(1)
            .map((column) => [
              brackets
                .filter(({ first }) => first === column.name)
                .map(({ fold }) => stageRow(fold, layers, true, actions)),
              column.fold
                ? stageRow(column.fold, layers, false, actions)
                : row(column, column.name === current, actions),
            ])}
        </tbody>
        <tfoot>
          <tr class="ledger-totals">
            <th scope="row">in all</th>
            <td></td>
            <td class="is-input"></td>
            <td colspan="2"></td>
            <td><strong>${count(totals.parameters)}</strong></td>
            <td class="is-number"><strong>${atLeast}${count(totals.multiply_accumulates)}</strong></td>
            <td></td>
          </tr>
          <tr class="ledger-sum" hidden>
            <th scope="row" colspan="8">
              in all <strong>${count(totals.parameters)}</strong> parameters,
              <strong>${atLeast}${count(totals.multiply_accumulates)}</strong> MACs
            </th>
          </tr>
        </tfoot>
      </table>
      <p class="note ledger-source">${totals.title}: ${totals.source}</p>
    </div>
  `;
}

/** @param {Layer} layer */
function macsOf({ multiply_accumulates: macs }) {
  if (macs === null) return 'unknown';
  return macs ? count(macs) : '–';
}

/**
 * A stage as a whole.
 * @param {Fold} fold
 * @param {readonly Layer[]} layers  without the input
 * @param {boolean} isOpen
 * @param {OpenLayer} actions
 */
function stageRow({ key, first, last, equal }, layers, isOpen, { turn }) {
  const within = layers.slice(first - 1, last);
  const { output_shape: shape, receptive_field: field } = layers[last - 1];
  const parameters = within.reduce((sum, layer) => sum + layer.parameters.total, 0);
  const macs = within.reduce((sum, layer) => sum + (layer.multiply_accumulates ?? 0), 0);
  const isLess = within.some((layer) => layer.multiply_accumulates === null);
  // The button is in the row, and a second turn would undo the first.
  const show = (/** @type {Event} */ event) => {
    event.stopPropagation();
    turn(key);
  };
  return html`<tr class="ledger-stage" @click=${show}>
    <th scope="row">
      <button class="ledger-open" type="button" aria-expanded=${isOpen ? 'true' : 'false'} @click=${show}>
        ${isOpen ? '▾' : '▸'} ${spanText(key)}
      </button>
    </th>
    <td class="is-told">${within.length} layers${equal > 1 ? ` in ${equal} equal blocks` : ''}</td>
    <td class="is-input">${inputsText({ input_shapes: within[0].input_shapes.slice(0, 1) })}</td>
    <td>${shapeText(shape)}</td>
    <td></td>
    <td><strong>${count(parameters)}</strong></td>
    <td class="is-number">${isLess ? 'at least ' : ''}${count(macs)}</td>
    <td class="is-number">${field ? atMost(field) + shapeText(field.size) : 'all'}</td>
  </tr>`;
}

/** @param {Layer} layer @param {boolean} isCurrent @param {OpenLayer} actions */
function row(layer, isCurrent, { open }) {
  const { parameters, receptive_field: field } = layer;
  const show = () => open({ kind: 'layer', layer: layer.name });
  return html`<tr class=${isCurrent ? 'is-current' : ''} @click=${show}>
    <th scope="row">
      <button
        class="ledger-open"
        type="button"
        aria-current=${isCurrent ? 'true' : nothing}
        @click=${show}
      >
        ${layer.name}
      </button>
    </th>
    <td class="is-told">${settingsText(layer)}</td>
    <td class="is-input">${inputsText(layer)}</td>
    <td>${outputText(layer)}</td>
    <td>${sizeText(layer)}</td>
    <td class="is-told">
      ${
        parameters.total
          ? html`${parameters.expression} = <strong>${count(parameters.total)}</strong>`
          : '0'
      }
    </td>
    <td class="is-number">${macsOf(layer)}</td>
    <td class="is-number">${field ? atMost(field) + shapeText(field.size) : 'all'}</td>
  </tr>`;
}
