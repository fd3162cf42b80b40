import { html, nothing } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { repeat } from 'lit-html/directives/repeat.js';

import { shortReason } from '../../core/experiment/short_reason.js';
import { icon } from '../button.js';
import { ofGrid } from './form_controls.js';
import { sweepRanges } from './sweep_ranges.js';

/**
 * @import {Experiment} from '../../core/experiment/experiment.js'
 * @import {Grid} from '../../core/sweep/grid.js'
 * @import {SweepRanges, SweepRow} from '../../core/sweep/sweep.js'
 * @import {Picture} from '../../core/colour.js'
 * @import {Actions} from '../../state/lab/lab.js'
 * @typedef {object} SweepModel
 * @property {string} id  of the Lab
 * @property {Experiment} experiment
 * @property {SweepRanges} ranges  as they were chosen
 * @property {readonly Grid[]} grids
 * @property {number} combinations
 * @property {(row: SweepRow) => Picture | null} pictureOf
 * @property {SweepRow | undefined} shown  the one on the stage
 * @property {number} largest  rows or columns of the largest output
 * @property {string} told  why what is pointed at is impossible
 * @property {boolean} isOnPhoto  whether a photograph is looked at, which is not what is swept
 * @property {boolean} isChoosing  whether the ranges can be seen
 * @property {() => void} choose
 * @property {(sentence: string) => void} tell
 */

/** Cells of the largest output's picture have this many px together, CSS px. */
const PICTURE_PX = 34;
const LEAST_PICTURE_PX = 6;

/**
 * The operation under many settings: sizes and pictures, stride down and padding across.
 * @param {SweepModel} model
 * @param {Actions} actions
 */
export function sweepView(model, actions) {
  const { id, experiment, grids, isChoosing, choose } = model;
  const hasWindows = !/^(adaptive|global)/.test(experiment.operation);
  return html`<section class="side-section" aria-labelledby=${`${id}-sweep`}>
    <div class="side-head">
      <h2 class="side-title" id=${`${id}-sweep`}>Sweep</h2>
      ${
        hasWindows
          ? html`<span class="side-note">stride × padding</span>
            <button
              class="button is-flat is-tiny"
              type="button"
              aria-expanded=${String(isChoosing)}
              aria-controls=${`${id}-sweep-ranges`}
              @click=${choose}
            >
              Ranges ${icon('chevron-down')}
            </button>`
          : nothing
      }
    </div>
    ${model.isOnPhoto ? ofGrid() : nothing}
    ${hasWindows ? html`${sweepRanges(model, actions)} ${grids.map((grid) => gridView(model, grid, actions))} ${toldLine(model)}` : noWindows()}
  </section>`;
}

function noWindows() {
  return html`<p class="side-text">
    The windows of this pooling follow from its output size, so there is no stride or padding to go through.
  </p>`;
}

/** What a grid is about, where there are several. @param {SweepModel} model @param {Grid} grid */
function gridTitle({ grids }, { kernel, dilation, isCeil }) {
  const parts = [`kernel ${kernel}`];
  if (grids.some((other) => other.dilation !== '1')) parts.push(`dilation ${dilation}`);
  if (grids.some((other) => other.isCeil !== grids[0].isCeil)) {
    parts.push(isCeil ? 'rounded up' : 'rounded down');
  }
  return parts.join(' · ');
}

/** One grid, a table whose cells are buttons. @param {SweepModel} model @param {Grid} grid @param {Actions} actions */
function gridView(model, grid, actions) {
  const title = gridTitle(model, grid);
  return html`<div class="sweep-scroller">
    <table class="sweep-grid">
      <caption class=${model.grids.length === 1 ? 'visually-hidden' : 'sweep-caption'}>
        ${title}
      </caption>
      <thead>
        <tr>
          <th scope="col">stride</th>
          ${grid.paddings.map((padding) => html`<th scope="col">pad ${padding}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${grid.lines.map(
          ({ stride, cells }) => html`<tr>
            <th scope="row">${stride}</th>
            ${repeat(cells, keyOfCell, (row) => html`<td>${cellView(model, row, actions)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** @param {SweepRow} row */
const keyOfCell = ({ padding }) => JSON.stringify(padding);

/** @param {SweepModel} model @param {SweepRow} row @param {Actions} actions */
function cellView(model, row, actions) {
  const { output_size: size, reason } = row;
  const { tell, shown } = model;
  const isShown = row === shown;
  if (!size) {
    const sentence = reason ?? '';
    return html`<button
      class="sweep-cell is-impossible"
      type="button"
      aria-disabled="true"
      @pointerenter=${() => tell(sentence)}
      @pointerleave=${() => tell('')}
      @focus=${() => tell(sentence)}
      @blur=${() => tell('')}
    >
      <span aria-hidden="true">${shortReason(sentence)}</span>
      <span class="visually-hidden">${sentence}</span>
    </button>`;
  }
  const [rows, columns] = size;
  return html`<button
    class=${isShown ? 'sweep-cell is-shown' : 'sweep-cell'}
    type="button"
    aria-current=${isShown ? 'true' : nothing}
    @click=${() => actions.openSweepRow(row)}
  >
    ${picture(model, row, rows, columns)}
    <span class="sweep-size">${rows}×${columns}</span>
  </button>`;
}

/** @type {Map<number, (element: Element | undefined) => void>} */
const sizes = new Map();

/** Gives a picture its size; the same function for the same one, so that it is given once. @param {number} px */
function sizeTo(px) {
  const known = sizes.get(px);
  if (known) return known;
  const size = (/** @type {Element | undefined} */ element) => {
    if (element instanceof HTMLElement) element.style.setProperty('--px', `${px}px`);
  };
  sizes.set(px, size);
  return size;
}

/**
 * The output, its cells as large as those of the others.
 * @param {SweepModel} model
 * @param {SweepRow} row
 * @param {number} rows
 * @param {number} columns
 */
function picture({ largest, pictureOf }, row, rows, columns) {
  const cell = PICTURE_PX / largest;
  const px = Math.max(LEAST_PICTURE_PX, Math.round(cell * Math.max(rows, columns)));
  return html`<span class="sweep-picture"
    ><value-picture ${ref(sizeTo(px))} .model=${pictureOf(row)}></value-picture
  ></span>`;
}

/** Why what is pointed at is impossible. @param {SweepModel} model */
function toldLine({ told, grids }) {
  const isPartly = grids.some(({ lines }) =>
    lines.some(({ cells }) => cells.some(({ reason }) => reason)),
  );
  const hint = isPartly
    ? 'Click one to open it; point at a grey one to see why it is impossible.'
    : 'Click one to open it.';
  return html`<p class=${told ? 'sweep-told is-told' : 'sweep-told'} aria-hidden="true">${told || hint}</p>`;
}
