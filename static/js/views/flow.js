import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

import { blockKind, titleShape } from '../core/layers/layout.js';
import { shapeText, spanText } from '../core/number.js';
import { breakableName } from './breakable.js';

/**
 * @import {View} from '../core/graph.js'
 * @import {Bracket, Column} from '../core/layers/columns.js'
 * @import {Fold} from '../core/layers/folds.js'
 * @typedef {{channel: number, row: number, column: number}} Cell
 * @typedef {{open: (view: View) => void, pointAt: (position: ({layer: string} & Cell) | null) => void,
 *   togglePixel: (pixel: {row: number, column: number}) => void,
 *   turn: (key: string) => void}} FlowActions
 */

/**
 * The layers in data order, each under its name and shape.
 * @param {object} model
 * @param {readonly Column[]} model.columns
 * @param {readonly Bracket[]} model.brackets  over what has been unfolded
 * @param {string} model.current  the open layer's name, or ''
 * @param {() => boolean} model.canOpen  a map, which has values once a picture stands
 * @param {FlowActions} actions
 */
export function flowTemplate({ columns, brackets, current, canOpen }, actions) {
  return html`
    <div class="flow-layers">
      ${repeat(
        columns,
        ({ name }) => name,
        (column) => [
          brackets.map(({ fold, first }) =>
            first === column.name ? bracketOf(fold, actions) : nothing,
          ),
          flowLayer(column, column.name === current, canOpen, actions),
        ],
      )}
    </div>
    <canvas class="flow-edges" aria-hidden="true"></canvas>
    <canvas class="flow-path" aria-hidden="true" hidden></canvas>
  `;
}

/** A fold's name, and of how many equal parts it consists. @param {Fold} fold */
const foldName = ({ label, equal }) =>
  html`${breakableName(label)}${equal > 1 ? html` <em>×${equal}</em>` : nothing}`;

/** Over what has been unfolded. @param {Fold} fold @param {FlowActions} actions */
const bracketOf = (fold, { turn }) => html`<button
  class="flow-bracket"
  type="button"
  data-fold=${fold.key}
  aria-expanded="true"
  title="Fold ${spanText(fold.key)}"
  @click=${() => turn(fold.key)}
>
  <span>${foldName(fold)}</span>
</button>`;

/** @param {Column} layer @param {boolean} isCurrent @param {() => boolean} canOpen @param {FlowActions} actions */
function flowLayer(layer, isCurrent, canOpen, actions) {
  const { name } = layer;
  const kind = blockKind(layer);
  const point = (/** @type {CustomEvent<Cell | null>} */ { detail: cell }) =>
    actions.pointAt(cell && { layer: name, ...cell });
  const choose = (/** @type {CustomEvent<Cell>} */ { detail: cell }) => {
    if (name === 'input') actions.togglePixel(cell);
    else if (canOpen()) actions.open({ kind: 'map', layer: name, channel: cell.channel });
  };
  return html`
    <section class="flow-layer is-${kind} ${layer.fold ? 'is-fold' : ''}" data-name=${name} aria-label=${name}>
      ${title(layer, isCurrent, actions)}
      ${kind === 'bars' ? html`<div class="flow-bars" data-bars=${name}></div>` : nothing}
      <layer-picture
        class=${kind === 'bars' ? 'is-beside-bars' : ''}
        data-layer=${name}
        aria-label=${`${name}, ${shapeText(layer.output_shape)}. Arrow keys walk, Enter ${name === 'input' ? 'shows what a pixel reaches' : 'opens'}.`}
        @point=${point}
        @choose=${choose}
      ></layer-picture>
    </section>
  `;
}

/** @param {Column} layer @param {boolean} isCurrent @param {FlowActions} actions */
function title(layer, isCurrent, { open, turn }) {
  const [first, ...sides] = shapeText(titleShape(layer)).split(' × ');
  const rest = sides.length ? html` × <span>${sides.join(' × ')}</span>` : nothing;
  const { fold, label, name } = layer;
  const text = html`<span class="flow-name">${fold ? foldName(fold) : breakableName(label ?? name)}</span>
    <span class="flow-shape">${first}${rest}</span>`;
  if (fold)
    return html`<button
      class="flow-title"
      type="button"
      data-fold=${fold.key}
      aria-expanded="false"
      title="Unfold ${spanText(fold.key)}: ${fold.last - fold.first + 1} layers"
      @click=${() => turn(fold.key)}
    >
      ${text}
    </button>`;
  if (name === 'input') return html`<div class="flow-title">${text}</div>`;
  return html`<button
    class="flow-title"
    type="button"
    title=${label === name ? nothing : (label && name) || nothing}
    aria-current=${isCurrent ? 'true' : nothing}
    @click=${() => open({ kind: 'layer', layer: name })}
  >
    ${text}
  </button>`;
}
