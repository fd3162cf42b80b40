import { html } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';

import { BRUSH_SIZES } from '../core/drawing/strokes.js';
import { button, icon, iconButton } from './button.js';
import { samplesTray } from './samples.js';

/**
 * @import {Drawing, Tool} from '../core/drawing/strokes.js'
 * @import {Taken} from '../elements/image_drop.js'
 * @typedef {{tool: Tool, size: number}} Brush
 *
 * @typedef {import('./samples.js').SamplesActions & {
 *   setBrush: (change: Partial<Brush>) => void, undo: (at: number) => void, redo: (at: number) => void,
 *   clear: (at: number) => void, takeImage: (file: File, at: number) => void}} PanelActions
 */

const SIZE_NAMES = ['Fine', 'Medium', 'Bold'];

/**
 * One brush size, shown as its dot.
 * @param {number} size
 * @param {string} name
 * @param {{brush: Brush, prefix: string}} values
 * @param {Pick<PanelActions, 'setBrush'>} actions
 */
const sizeChoice = (
  size,
  name,
  { brush, prefix },
  { setBrush },
) => html`<label class="brush-size" title=${`${name} brush`}>
  <input
    type="radio"
    name=${`${prefix}brush-size`}
    class="visually-hidden"
    aria-label=${name}
    .checked=${brush.size === size}
    @change=${() => setBrush({ size })}
  />
  <span class="brush-dot" aria-hidden="true"></span>
</label>`;

/**
 * What is drawn with.
 * @param {{brush: Brush, canUndo: boolean, canRedo: boolean, isEmpty: boolean, prefix: string}} values
 * @param {Pick<PanelActions, 'clear' | 'redo' | 'setBrush' | 'undo'>} actions
 */
export function drawingTools({ brush, canUndo, canRedo, isEmpty, prefix }, actions) {
  const { clear, redo, setBrush, undo } = actions;
  const isErasing = brush.tool === 'eraser';
  return html`<div class="drawing-tools" role="group" aria-label="Drawing tools">
    <fieldset class="brush-sizes">
      <legend class="visually-hidden">Brush size</legend>
      ${BRUSH_SIZES.map((size, i) => sizeChoice(size, SIZE_NAMES[i], { brush, prefix }, actions))}
    </fieldset>
    ${iconButton('eraser', {
      name: 'Eraser',
      title: 'Eraser (E)',
      isPressed: isErasing,
      act: () => setBrush({ tool: isErasing ? 'pen' : 'eraser' }),
    })}
    ${iconButton('undo', { name: 'Undo', title: 'Undo (Ctrl Z)', isOff: !canUndo, act: undo })}
    ${iconButton('redo', { name: 'Redo', title: 'Redo (Ctrl Y)', isOff: !canRedo, act: redo })}
    ${button('Clear', { shape: 'drawing-clear', isOff: isEmpty, act: clear })}
  </div>`;
}

/**
 * The way for an image onto the paper, and what is said of it.
 * @param {{busy: boolean, error: string | null, notice: string, prefix: string}} values
 * @param {Pick<PanelActions, 'takeImage'>} actions
 */
export const imageUpload = (
  { busy, error, notice, prefix },
  { takeImage },
) => html`<div class="drawing-upload">
  <image-drop
    @image=${(/** @type {CustomEvent<Taken>} */ { detail }) => takeImage(detail.file, detail.at)}
  >
    <button type="button" class="button" aria-describedby=${`${prefix}upload-error`} aria-busy=${String(busy)}>
      ${icon('upload')}<span>Upload<span class="drawing-upload-more">, drop or paste an image</span></span>
    </button>
  </image-drop>
  <p class="field-error" id=${`${prefix}upload-error`} role="alert">${error}</p>
  <p class="note" id=${`${prefix}upload-notice`} role="status">${notice}</p>
</div>`;

/**
 * The input of the network: the paper, its tools, samples, upload, and a place for what becomes of the drawing.
 * @param {object} model
 * @param {Element} model.surface  the paper itself
 * @param {unknown} model.pieces  what lies over the paper: the pieces of ink
 * @param {Drawing} model.drawing
 * @param {Brush} model.brush
 * @param {boolean} model.canUndo
 * @param {boolean} model.canRedo
 * @param {readonly import('./samples.js').Sample[]} model.samples
 * @param {string} model.sampleKind  of those on their way, '' before that is known
 * @param {readonly string[]} model.classes  what the labels of samples are called
 * @param {boolean} model.busy
 * @param {string | null} model.error
 * @param {string} model.notice
 * @param {string} model.prefix  what ids and names begin with
 * @param {PanelActions} actions
 */
export function drawingPanel(model, actions) {
  const { surface, pieces, drawing, brush, canUndo, canRedo, samples, classes } = model;
  const { sampleKind: kind, busy, error, notice, prefix } = model;
  const isEmpty = drawing.base === null && drawing.strokes.length === 0;
  // A pen move changes the drawing alone: what does not show it is not gone through again.
  return html`<section class="drawing-panel" data-shows=${kind} aria-label="Drawing">
    <div class="drawing-layout">
      <div class="paper ${kind ? '' : 'is-waiting'}">${surface}${pieces}</div>
      ${guard([brush, canUndo, canRedo, isEmpty], () =>
        drawingTools({ brush, canUndo, canRedo, isEmpty, prefix }, actions),
      )}
      <div class="paper-tools" data-place="tools"></div>
      ${guard([samples, kind, classes, drawing.base], () => samplesTray({ samples, kind, classes, drawing }, actions))}
      ${guard([busy, error, notice], () => imageUpload({ busy, error, notice, prefix }, actions))}
      <div class="filmstrip-place" data-place="filmstrip"></div>
    </div>
  </section>`;
}
