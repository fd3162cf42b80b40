import { html } from 'lit-html';

import { MOST_CHANNELS, MOST_LINES } from '../../core/experiment/experiment.js';
import { iconButton } from '../button.js';
import { cellsPanel } from './input_cells.js';
import { digitPanel, imagePanel, paintPanel, patternPanel } from './input_sources.js';
import { numberField, section, segments } from './form_controls.js';
import { settingRow } from './setting_row.js';

/**
 * @import {Values} from '../../core/experiment/experiment.js'
 * @import {Actions} from '../../state/lab/lab.js'
 * @import {Choice, InputTab} from '../../core/input/patterns.js'
 * @typedef {{
 *   id: string,
 *   input: Values,
 *   tab: InputTab,
 *   channel: number,
 *   canUndo: boolean,
 *   canRedo: boolean,
 *   lit: string | null,
 *   brush: number,
 *   digits: readonly Choice[],
 *   photographs: readonly Choice[],
 *   image: {isBusy: boolean, error: string | null},
 *   paste: {text: string, error: string | null},
 *   marked: {row: number, column: number} | null,
 *   isPhoto: boolean,
 *   sizeError: string | null,
 * }} InputModel
 */

/** @type {{value: InputTab, text: string, title: string}[]} */
const TABS = [
  { value: 'paint', text: 'Paint', title: 'Paint on the stage' },
  { value: 'pattern', text: 'Pattern', title: 'Patterns' },
  { value: 'digit', text: 'Digit', title: 'Digits of the samples' },
  { value: 'image', text: 'Image', title: 'An image, reduced to the grid' },
  { value: 'cells', text: 'Cells', title: 'Cells, typed or pasted' },
];

/** @type {Record<Exclude<InputTab, 'image'>, (model: InputModel, actions: Actions) => unknown>} */
const PANELS = { paint: paintPanel, pattern: patternPanel, digit: digitPanel, cells: cellsPanel };

/** Channels, rows and columns, as PyTorch writes a shape. @param {InputModel} model @param {Actions} actions */
function shapeRow({ id, input, lit }, actions) {
  const [channels, height, width] = input.shape;
  const field = (
    /** @type {string} */ name,
    /** @type {number} */ value,
    /** @type {number} */ most,
    /** @type {(whole: number) => void} */ take,
  ) =>
    numberField({
      label: `input ${name}`,
      title: `${name}, 1 to ${most}`,
      describedBy: `${id}-size-error`,
      value,
      least: 1,
      most,
      set: (next) => {
        if (next !== null && Number.isInteger(next) && next >= 1 && next <= most) return take(next);
        const text = `The input has from 1 to ${most} ${name}, a whole number; it stays at ${value}.`;
        actions.remarkOn('input', text);
      },
    });
  const times = html`<span aria-hidden="true">×</span>`;
  return settingRow(
    {
      field: 'input',
      label: 'C × H × W',
      lit,
      content: html`<div class="shape-fields">
      ${field('channels', channels, MOST_CHANNELS, actions.setInputChannels)}${times}${field(
        'rows',
        height,
        MOST_LINES,
        (rows) => actions.setInputSize(rows, null),
      )}${times}${field('columns', width, MOST_LINES, (columns) => actions.setInputSize(null, columns))}
    </div>`,
    },
    actions,
  );
}

/** The input: its size, and where its values come from. @param {InputModel} model @param {Actions} actions */
export function inputSection(model, actions) {
  const { id, canUndo, canRedo, isPhoto } = model;
  const shape = 'is-flat is-small';
  return section(
    id,
    'Input',
    isPhoto ? photoLine() : gridPart(model, actions),
    html`<div class="head-actions">
      ${iconButton('undo', { name: 'Undo', title: 'Undo (Ctrl Z)', shape, isOff: !canUndo, act: actions.undo })}
      ${iconButton('redo', { name: 'Redo', title: 'Redo (Ctrl Y)', shape, isOff: !canRedo, act: actions.redo })}
    </div>`,
  );
}

/** While a whole photograph is the input, it is chosen on the stage, and so is one that is dropped. */
const photoLine = () =>
  html`<p class="panel-line">The photograph on the stage. The grid is kept for the other views.</p>`;

/** @param {InputModel} model @param {Actions} actions */
function gridPart(model, actions) {
  const { id, tab } = model;
  return html`${segments({
    name: `${id}-input`,
    label: 'Where the input comes from',
    options: TABS,
    value: tab,
    choose: actions.openTab,
  })}
      <div class="input-panel">
        ${tab === 'image' ? '' : PANELS[tab](model, actions)} ${imagePanel(model, actions)}
      </div>
      ${shapeRow(model, actions)}
      <p class="field-error" id=${`${id}-size-error`} role="alert">${model.sizeError}</p>`;
}
