import { html, nothing } from 'lit-html';

import { fixed, scientific } from '../../core/number.js';
import { MOST_TILES, blockTiles, swatchOf } from '../../render/lab/tiles.js';
import { icon } from '../button.js';
import { remarkOf } from './cell_remark.js';
import { numberField } from './form_controls.js';

/**
 * @import {Block, Equation} from '../../core/stage/equation.js'
 * @import {PlanesModel} from '../../core/stage/planes.js'
 * @typedef {object} LabelModel
 * @property {PlanesModel} planes
 * @property {Equation} equation
 * @property {boolean} isPinned
 * @property {{ours: number, torch: number | null} | null} check  of an output value
 * @property {() => void} unpin
 * @property {(value: number) => void} editGradient
 */

/** Blocks that are shown; the rest are a number. */
const MOST_BLOCKS = 3;

/**
 * The label that is the operation: what the cell is made of, as tiles, and what comes of it.
 * @param {LabelModel} model
 */
export function labLabel(model) {
  const { planes, equation, isPinned, unpin } = model;
  return html`<div class="lab-label-head">
      <strong>${equation.name}</strong>
      ${isPinned ? unpinButton(unpin) : nothing}
    </div>
    <div class="lab-label-sum">${blocks(planes, equation)} ${end(planes, equation)}</div>
    ${note(remarkOf(planes, equation))} ${gradientField(model)} ${checkLine(model)}`;
}

/** @param {() => void} unpin */
function unpinButton(unpin) {
  return html`<button class="lab-label-close" type="button" title="Unpin (Esc)" aria-label="Unpin" @click=${unpin}>
    ${icon('x')}
  </button>`;
}

/** @param {string} text */
const note = (text) => (text ? html`<p class="lab-label-note">${text}</p>` : nothing);

/** @param {string} text */
const sign = (text) => html`<span class="lab-label-sign">${text}</span>`;

/**
 * The blocks with a plus between them; of many, the ones that matter most.
 * @param {PlanesModel} planes
 * @param {Equation} equation
 */
function blocks(planes, equation) {
  const drawn = equation.blocks.filter(({ left }) => left.length > 0 && left.length <= MOST_TILES);
  if (drawn.length === 0) return summary(equation);
  const order = [...drawn].sort((one, other) => Math.abs(other.sum) - Math.abs(one.sum));
  const shown = drawn.filter((block) => order.indexOf(block) < MOST_BLOCKS);
  const rest = drawn.length - shown.length;
  const isSum = equation.way.kind === 'sum';
  const { before } = equation.way;
  return html`${before && sign(before)}
    ${shown.map(
      (block, index) => html`${index > 0 ? sign(isSum ? '+' : '·') : nothing}
        <figure class="lab-label-block">
          <drawn-picture .model=${blockTiles(planes, equation, block)}></drawn-picture>
          ${drawn.length > 1 ? html`<figcaption>${channelName(equation, block)}</figcaption>` : nothing}
        </figure>`,
    )}
    ${rest > 0 ? html`<span class="lab-label-more">and ${rest} more</span>` : nothing}`;
}

/** Where there are too many tiles, their number. @param {Equation} equation */
function summary({ blocks: all }) {
  const count = all.reduce((sum, { left }) => sum + left.length, 0);
  return count > 0 ? html`<span>Σ of ${count} products</span>` : nothing;
}

/** @param {Equation} equation @param {Block} block */
function channelName({ place }, { channel, filter }) {
  return place.side === 'output' ? `input ${channel}` : `output ${filter}`;
}

/**
 * What stands behind the tiles: bias or divisor, and the value in its colour.
 * @param {PlanesModel} planes
 * @param {Equation} equation
 */
function end(planes, equation) {
  const { way, result, place } = equation;
  if (way.kind === 'apart') return nothing;
  /** @type {import('../../core/stage/board.js').Role} */
  const role = equation.isGradient
    ? place.side === 'kernel'
      ? 'kernel_gradient'
      : 'input_gradient'
    : 'output';
  const middle = way.behind ? sign(way.behind) : nothing;
  if (result === null) return middle;
  return html`${middle} ${sign('=')}
    <drawn-picture .model=${swatchOf(planes, role, result)}></drawn-picture>
    <strong class="lab-label-value">${fixed(result, 4)}</strong>`;
}

/** The output gradient is given, not computed: it can be changed here. @param {LabelModel} model */
function gradientField({ equation, isPinned, editGradient }) {
  const { place, isGradient, value } = equation;
  if (!isGradient || place.side !== 'output' || !isPinned) return nothing;
  return html`<div class="lab-label-field">
    <span aria-hidden="true">output gradient</span>
    ${numberField({
      label: 'output gradient',
      value: value ?? 0,
      step: 'any',
      set: (given) => given !== null && editGradient(given),
    })}
  </div>`;
}

/** Our number, PyTorch's, and the difference. @param {LabelModel} model */
function checkLine({ check, isPinned }) {
  if (!check || !isPinned) return nothing;
  const { ours, torch } = check;
  if (torch === null) return html`<p class="lab-label-note">PyTorch’s number is on its way.</p>`;
  const difference = Object.is(ours, torch) ? 0 : Math.abs(ours - torch);
  return html`<dl class="lab-label-check">
    <div><dt>ours</dt> <dd>${fixed(ours, 6)}</dd></div>
    <div><dt>PyTorch</dt> <dd>${fixed(torch, 6)}</dd></div>
    <div><dt>difference</dt> <dd>${scientific(difference)}</dd></div>
  </dl>`;
}
