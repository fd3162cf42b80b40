import { drawGrid } from '../render/grid.js';
import { ARROWS, CanvasElement } from './canvas_element.js';

/** @import {GridModel} from '../render/grid.js' */

/** @typedef {{row: number, column: number}} Cell */

/**
 * A grid of numbers as coloured cells, walked by pointer and arrow keys. Events: `point` (detail a
 * Cell or null) for what is under the pointer, `choose` (detail a Cell) for a click, tap, arrow
 * key or Enter. With `interactive` unset it is a picture.
 * @extends {CanvasElement<GridModel>}
 */
export class ValueGrid extends CanvasElement {
  /** @override @param {AbortSignal} signal */
  connected(signal) {
    super.connected(signal);
    const point = (/** @type {PointerEvent} */ event) => this.#tell('point', this.#under(event));
    this.addEventListener('pointermove', point, { signal });
    this.addEventListener('pointerleave', () => this.#tell('point', null), { signal });
    this.addEventListener('click', (event) => this.#tell('choose', this.#under(event)), { signal });
    this.addEventListener('keydown', (event) => this.#walk(event), { signal });
  }

  /** @override @param {import('../render/theme.js').Theme} theme */
  paint(theme) {
    if (!this.model) return;
    const { rows, columns, cell } = this.model;
    this.fit(columns * cell, rows * cell);
    drawGrid(this.context, this.model, theme);
  }

  /** @param {MouseEvent} event @returns {Cell | null} */
  #under(event) {
    if (!this.model) return null;
    const box = this.canvas.getBoundingClientRect();
    const { rows, columns } = this.model;
    // It may be shown smaller than it is painted.
    const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
    const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
    const isInside = row >= 0 && column >= 0 && row < rows && column < columns;
    return isInside ? { row, column } : null;
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const model = this.model;
    if (!model || event.ctrlKey || event.metaKey || event.altKey || !this.#isInteractive) return;
    const from = model.cursor ?? { row: model.rows >> 1, column: model.columns >> 1 };
    let next = from;
    if (event.key in ARROWS) {
      const [right, down] = ARROWS[event.key];
      const step = event.shiftKey ? 5 : 1;
      next = model.cursor
        ? { row: from.row + down * step, column: from.column + right * step }
        : from;
    } else if (event.key === 'Home') next = { row: from.row, column: 0 };
    else if (event.key === 'End') next = { row: from.row, column: model.columns - 1 };
    else if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    this.#tell('choose', {
      row: Math.max(0, Math.min(model.rows - 1, next.row)),
      column: Math.max(0, Math.min(model.columns - 1, next.column)),
    });
  }

  get #isInteractive() {
    return this.hasAttribute('interactive');
  }

  /** @param {'point' | 'choose'} type @param {Cell | null} cell */
  #tell(type, cell) {
    if (this.#isInteractive && (type === 'point' || cell)) this.tell(type, cell);
  }
}

customElements.define('value-grid', ValueGrid);
