import { html, nothing } from 'lit-html';

import { button } from '../button.js';
import { toggle } from '../lab/form_controls.js';
import { choiceRow, refusalLine, settingRows } from './setting_rows.js';

/**
 * @import {LayerGroup, LayerLine} from '../../core/training/layer_controls.js'
 * @import {RowsModel} from './setting_rows.js'
 *
 * @typedef {{value: string, text: string}} Option
 *
 * @typedef {object} NetworkModel
 * @property {Omit<RowsModel, 'rows'>} rows  what the controls of all layers share
 * @property {string} network
 * @property {readonly Option[]} networks
 * @property {string} from  what it goes on with; '': nothing
 * @property {readonly Option[]} beginnings
 * @property {boolean} isFrozen
 * @property {readonly LayerGroup[] | null} groups  null where no layer can be chosen
 * @property {boolean} hasThird  whether there is a third convolution
 * @property {boolean} isChanged  whether a layer is another than the article's
 * @property {{lines: readonly LayerLine[], sums: {parameters: string, trained: string, macs: string}} | null} ledger  null while it is not known; `trained`: '' where all of them are
 * @property {boolean} isOld  whether what is shown of the layers is of the recipe before
 *
 * @typedef {{chooseNetwork: (network: string) => void, begin: (from: string) => void,
 *   freeze: (isFrozen: boolean) => void, third: (isThere: boolean) => void, reset: () => void,
 *   open: (layer: string, isOpen: boolean) => void}} NetworkActions
 */

/** @param {string} text @param {unknown} content */
const labelled = (text, content) => html`<div class="train-labelled">
  <span class="setting-label" aria-hidden="true">${text}</span>
  <div>${content}</div>
</div>`;

/** One layer, its choices below its line. @param {LayerGroup} group @param {NetworkModel} model @param {NetworkActions} actions */
const layerGroup = ({ name, text, summary, rows, isOpen }, model, { open }) => html`<details
  class="layer-choice"
  data-layer=${name}
  ?open=${isOpen}
  @toggle=${(/** @type {Event} */ { target }) => open(name, /** @type {HTMLDetailsElement} */ (target).open)}
>
  <summary><strong>${text}</strong> <span>${summary}</span></summary>
  ${settingRows({ ...model.rows, id: `layer-${name}`, rows })}
</details>`;

/** @param {LayerLine} line */
const layerLine = ({ name, gives, parameters, macs, formula, isFrozen }) => html`<tr
    class=${isFrozen ? 'is-frozen' : ''}
    data-layer=${name}
  >
    <th scope="row" title=${name}>${name}</th>
    <td>${gives}</td>
    <td>${parameters}</td>
    <td>${macs}</td>
  </tr>
  ${
    formula || isFrozen
      ? html`<tr class="layer-formula"><td>${isFrozen ? 'frozen' : nothing}</td><td colspan="3">${formula}</td></tr>`
      : nothing
  }`;

/** What the layers come to. @param {NetworkModel} model */
const ledgerOf = ({ ledger, isOld }) =>
  ledger &&
  html`<div class=${isOld ? 'layer-lines is-old' : 'layer-lines'} tabindex="0" role="region" aria-label="Layers" aria-busy=${String(isOld)}><table>
    <caption class="visually-hidden">What each layer gives, its parameters and its multiply-accumulates</caption>
    <thead><tr><th scope="col">layer</th><th scope="col">gives</th><th scope="col"><abbr title="parameters">params</abbr></th><th scope="col"><abbr title="multiply-accumulates">MACs</abbr></th></tr></thead>
    <tbody>${ledger.lines.map(layerLine)}</tbody>
    <tfoot><tr><th scope="row">together</th><td></td><td>${ledger.sums.parameters}</td><td>${ledger.sums.macs}</td></tr>
    ${ledger.sums.trained ? html`<tr class="layers-trained"><th scope="row">trained</th><td></td><td>${ledger.sums.trained}</td><td></td></tr>` : nothing}</tfoot>
  </table></div>`;

/** The network that learns, and its layers. @param {NetworkModel} model @param {NetworkActions} actions */
export function networkView(model, actions) {
  const { network, networks, from, beginnings, isFrozen, groups, hasThird, isChanged, rows } =
    model;
  const refusal = (/** @type {string} */ path) => rows.refusals.get(path);
  return html`<div class="train-network">
    ${
      from === ''
        ? labelled(
            'network',
            choiceRow({
              path: 'network',
              text: 'network',
              value: network,
              options: networks,
              refusal: refusal('network'),
              choose: actions.chooseNetwork,
            }),
          )
        : nothing
    }
    ${labelled('begins with', choiceRow({ path: 'transfer', text: 'begins with', value: from, options: beginnings, refusal: refusal('transfer.from'), choose: actions.begin }))}
    ${
      from === ''
        ? nothing
        : html`<div class="setting is-whole" data-setting="transfer.freeze">${toggle({ label: 'only a new last layer learns', title: 'The last layer is replaced; the others stay as they learned.', isOn: isFrozen, set: actions.freeze })}</div>`
    }
    ${groups?.map((group) => layerGroup(group, model, actions))}
    ${
      groups
        ? html`<div class="setting is-whole" data-setting="conv3">${toggle({ label: 'third convolution', title: 'With an activation and a pooling of its own.', isOn: hasThird, set: actions.third })}</div>`
        : nothing
    }
    ${refusalLine('refusal-layers', refusal('layers'))}
    ${isChanged ? button("MyCNN's own layers", { shape: 'is-small', act: actions.reset }) : nothing}
    ${ledgerOf(model)}
  </div>`;
}
