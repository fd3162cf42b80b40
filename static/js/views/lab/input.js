import { html } from 'lit-html';

import { MOST_CHANNELS, MOST_LINES } from '../../core/experiment/experiment.js';
import { redo, setInputChannels, setInputSize, undo } from '../../state/lab/actions.js';
import { openTab, remarkOn } from '../../state/lab/panel.js';
import { cellsPanel } from './input_cells.js';
import { digitPanel, imagePanel, paintPanel, patternPanel } from './input_sources.js';
import { iconButton, numberField, section, segments } from './form_controls.js';
import { settingRow } from './setting_row.js';

/**
 * @typedef {import('../../core/experiment/experiment.js').Values} Values
 * @typedef {import('../../state/lab/panel.js').InputTab} InputTab
 * @typedef {{
 *   input: Values,
 *   tab: InputTab,
 *   channel: number,
 *   canUndo: boolean,
 *   canRedo: boolean,
 *   lit: string | null,
 *   brush: number,
 *   digits: readonly import('../../state/lab/pictures.js').Choice[],
 *   photographs: readonly import('../../state/lab/pictures.js').Choice[],
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

/** @type {Record<Exclude<InputTab, 'image'>, (model: InputModel) => unknown>} */
const PANELS = { paint: paintPanel, pattern: patternPanel, digit: digitPanel, cells: cellsPanel };

/**
 * Channels, rows and columns, as PyTorch writes a shape.
 * @param {InputModel} model
 */
function shapeRow({ input, lit }) {
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
      describedBy: 'lab-size-error',
      value,
      least: 1,
      most,
      set: (next) => {
        if (next !== null && Number.isInteger(next) && next >= 1 && next <= most) return take(next);
        const text = `The input has from 1 to ${most} ${name}, a whole number; it stays at ${value}.`;
        remarkOn('input', text);
      },
    });
  const times = html`<span aria-hidden="true">×</span>`;
  return settingRow({
    field: 'input',
    label: 'C × H × W',
    lit,
    content: html`<div class="shape-fields">
      ${field('channels', channels, MOST_CHANNELS, setInputChannels)}${times}${field(
        'rows',
        height,
        MOST_LINES,
        (rows) => setInputSize(rows, width),
      )}${times}${field('columns', width, MOST_LINES, (columns) => setInputSize(height, columns))}
    </div>`,
  });
}

/**
 * The input: its size, and where its values come from.
 * @param {InputModel} model
 */
export function inputSection(model) {
  const { canUndo, canRedo, isPhoto } = model;
  return section(
    'Input',
    isPhoto ? photoLine() : gridPart(model),
    html`<div class="head-actions">
      ${iconButton({ name: 'Undo', symbol: 'undo', title: 'Undo (Ctrl Z)', isOff: !canUndo, act: undo })}
      ${iconButton({ name: 'Redo', symbol: 'redo', title: 'Redo (Ctrl Y)', isOff: !canRedo, act: redo })}
    </div>`,
  );
}

/** While a whole photograph is the input, it is chosen on the stage, and so is one that is dropped. */
const photoLine = () =>
  html`<p class="panel-line">The photograph on the stage. The grid is kept for the other views.</p>`;

/** @param {InputModel} model */
function gridPart(model) {
  const { tab } = model;
  return html`${segments({
    name: 'lab-input',
    label: 'Where the input comes from',
    options: TABS,
    value: tab,
    choose: openTab,
  })}
      <div class="input-panel">
        ${tab === 'image' ? '' : PANELS[tab](model)} ${imagePanel(model)}
      </div>
      ${shapeRow(model)}
      <p class="field-error" id="lab-size-error" role="alert">${model.sizeError}</p>`;
}
