import { html, nothing } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';

/**
 * What can be chosen of a question.
 * @typedef {object} ControlsModel
 * @property {readonly string[]} classes
 * @property {readonly {index: number, label: string}[]} top  the most probable, best first
 * @property {number | null} index
 * @property {number | null} explained  the class it is, chosen or predicted; null before that is known
 * @property {number | null} against
 * @property {readonly string[] | null} layers  those with maps; null where none is looked at
 * @property {string | null} layer
 * @property {string} usualLayer  the one that is taken where none is chosen
 * @property {string} prefix  what ids begin with
 *
 * @typedef {{ask: (change: {method?: string, index?: number | null, against?: number | null,
 *   layer?: string | null, random?: number}) => void}} ControlsActions
 */

/** @param {{index: number, label: string}} one @param {number | null} chosen */
const classOption = ({ index, label }, chosen) =>
  html`<option value=${index} .selected=${index === chosen}>${label}</option>`;

/**
 * The choice of a class: what is usual, the most probable ones, all.
 * @param {string} name
 * @param {string} usual
 * @param {number | null} chosen
 * @param {Pick<ControlsModel, 'classes' | 'top' | 'prefix'>} model
 * @param {(index: number | null) => void} choose
 * @param {number | null} [without]  the class that is not offered
 */
function classChoice(name, usual, chosen, { classes, top, prefix }, choose, without = null) {
  const id = `${prefix}why-${name.toLowerCase()}`;
  const change = (/** @type {Event & {target: HTMLSelectElement}} */ { target }) =>
    choose(target.value === '' ? null : Number(target.value));
  const isListed = top.some(({ index }) => index === chosen);
  const isLong = classes.length > top.length;
  const optionsOf = (
    /** @type {readonly {index: number, label: string}[]} */ some,
    /** @type {number | null} */ selected,
  ) => some.filter(({ index }) => index !== without).map((one) => classOption(one, selected));
  const all = () => classes.map((label, index) => ({ index, label }));
  const options = () => html`<option value="" .selected=${chosen === null}>${usual}</option>
    <optgroup label="Most probable">${optionsOf(top, chosen)}</optgroup>
    ${
      isLong
        ? html`<optgroup label="All classes">${optionsOf(all(), isListed ? null : chosen)}</optgroup>`
        : nothing
    }`;
  return html`<label for=${id}>${name}</label>
    <select class="field-select" id=${id} @change=${change}>
      ${guard([classes, chosen, usual, without, top.map(({ index }) => index).join()], options)}
    </select>`;
}

/** @param {ControlsModel & {layers: readonly string[]}} model @param {ControlsActions} actions */
function layerChoice({ layers, layer, usualLayer, prefix }, { ask }) {
  const change = (/** @type {Event & {target: HTMLSelectElement}} */ { target }) =>
    ask({ layer: target.value || null });
  const usual = `last convolution${usualLayer ? ` (${usualLayer})` : ''}`;
  return html`<label for=${`${prefix}why-layer`}>Layer</label>
    <select class="field-select" id=${`${prefix}why-layer`} @change=${change}>
      ${guard(
        [layers, layer, usual],
        () => html`<option value="" .selected=${layer === null}>${usual}</option>
          ${layers.map((name) => html`<option value=${name} .selected=${name === layer}>${name}</option>`)}`,
      )}
    </select>`;
}

/** What is asked about: a class, another beside it, a layer. @param {ControlsModel} model @param {ControlsActions} actions */
export function questionControls(model, actions) {
  const { ask } = actions;
  const { index, explained, against, layers, top } = model;
  const predicted = `as predicted${top[0] ? ` (${top[0].label})` : ''}`;
  const compare = (/** @type {number | null} */ chosen) => ask({ against: chosen });
  return html`<div class="why-controls">
    ${classChoice('Class', predicted, index, model, (chosen) => ask({ index: chosen }))}
    ${classChoice('Against', 'no other class', against, model, compare, explained)}
    ${layers ? layerChoice({ ...model, layers }, actions) : nothing}
  </div>`;
}
