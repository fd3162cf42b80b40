import { cellSentence } from '../core/training/confusion.js';
import { count } from '../core/number.js';
import { ARROWS, PaintedElement } from './canvas_element.js';

/**
 * @import {ConfusionCell} from '../core/training/confusion.js'
 * @typedef {{cells: readonly ConfusionCell[], classes: readonly string[],
 *   open: {truth: number, predicted: number} | null}} MatrixModel  cells: row by row
 */

/** So few classes have room for their names. */
const FEW = 5;
/** With more classes the counts have no room. */
const NUMBERED = 16;

/**
 * A confusion matrix: a row a true class, a column what it is taken for. Arrow keys walk it. Event:
 * `choose` (detail {truth, predicted}) for a click or Enter.
 * @extends {PaintedElement<MatrixModel>}
 */
export class ConfusionMatrix extends PaintedElement {
  #table = document.createElement('table');
  /** @type {HTMLTableCellElement[]} */ #cells = [];
  /** The cell that the keyboard is on. */ #at = 0;
  /** Which classes it has the cells of, and what it is called. */ #furnished = '';
  /** What a screen reader calls it. */ label = '';

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    this.#table.setAttribute('role', 'grid');
    this.append(this.#table);
    const chosen = (/** @type {Event} */ event) => {
      const cell = event.target instanceof Element ? event.target.closest('td') : null;
      return cell ? this.#cells.indexOf(cell) : -1;
    };
    const choose = (/** @type {Event} */ event) => this.#choose(chosen(event));
    this.addEventListener('click', choose, { signal });
    this.addEventListener('keydown', (event) => this.#walk(event), { signal });
  }

  /** The keyboard goes on from a cell that was opened by other means. @override @param {MatrixModel | null} before */
  update(before) {
    const { open, classes } = this.model ?? {};
    const isSame =
      open?.truth === before?.open?.truth && open?.predicted === before?.open?.predicted;
    if (open && classes && !isSame && !this.contains(document.activeElement))
      this.#at = open.truth * classes.length + open.predicted;
    this.paintSoon();
  }

  /** @override */
  paint() {
    if (!this.model) return;
    const { cells, classes, open } = this.model;
    const key = JSON.stringify([this.label, classes]);
    if (this.#furnished !== key) this.#furnish(classes);
    this.#furnished = key;
    cells.forEach((cell, index) => {
      const place = this.#cells[index];
      const isOpen = open?.truth === cell.truth && open.predicted === cell.predicted;
      place.textContent = cell.count && classes.length <= NUMBERED ? count(cell.count) : '';
      place.style.setProperty('--strength', String(Math.round(1000 * cell.strength) / 1000));
      place.classList.toggle('is-strong', !cell.isRight && cell.strength > 0.5);
      place.setAttribute('aria-selected', String(isOpen));
      place.setAttribute('aria-label', cellSentence(cell, classes));
      place.title = cellSentence(cell, classes);
    });
    this.#reach();
  }

  /** Makes a cell for each pair of classes, between their names. @param {readonly string[]} classes */
  #furnish(classes) {
    this.#at = Math.min(this.#at, classes.length ** 2 - 1);
    const made = (/** @type {keyof HTMLElementTagNameMap} */ tag, /** @type {string} */ text) =>
      Object.assign(document.createElement(tag), { textContent: text });
    const named = (/** @type {string} */ name, /** @type {'row' | 'col'} */ scope) => {
      const head = /** @type {HTMLTableCellElement} */ (made('th', name));
      head.scope = scope;
      head.title = name;
      return head;
    };
    const rowOf = (/** @type {readonly HTMLElement[]} */ cells) => {
      const row = document.createElement('tr');
      row.append(...cells);
      return row;
    };
    const caption = made('caption', this.label);
    caption.className = 'visually-hidden';
    const corner = made('td', '');
    corner.className = 'matrix-corner';
    const head = rowOf([corner, ...classes.map((name) => named(name, 'col'))]);
    const rows = classes.map((name, truth) => {
      const cells = classes.map((_, predicted) => {
        const cell = document.createElement('td');
        cell.className = truth === predicted ? 'matrix-cell is-right' : 'matrix-cell';
        cell.tabIndex = -1;
        cell.setAttribute('role', 'gridcell');
        return cell;
      });
      return rowOf([named(name, 'row'), ...cells]);
    });
    this.#table.classList.toggle('is-few', classes.length <= FEW);
    this.#table.replaceChildren(caption, head, ...rows);
    this.#cells = Array.from(this.#table.querySelectorAll('td.matrix-cell'));
  }

  /** Lets the keyboard reach one cell, from which it walks to the others. */
  #reach() {
    this.#cells.forEach((cell, index) => (cell.tabIndex = index === this.#at ? 0 : -1));
  }

  /** @param {number} index */
  #choose(index) {
    const cell = this.model?.cells[index];
    if (!cell) return;
    this.#at = index;
    this.#reach();
    this.tell('choose', { truth: cell.truth, predicted: cell.predicted });
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const size = this.model?.classes.length ?? 0;
    if (event.ctrlKey || event.metaKey || event.altKey || size === 0) return;
    if (event.key === 'Enter' || event.key === ' ') this.#choose(this.#at);
    else if (event.key in ARROWS) {
      const [right, down] = ARROWS[event.key];
      const [row, column] = [Math.floor(this.#at / size) + down, (this.#at % size) + right];
      if (Math.min(row, column) < 0 || Math.max(row, column) >= size) return;
      this.#at = row * size + column;
      this.#reach();
      this.#cells[this.#at].focus();
    } else return;
    event.preventDefault();
  }
}

customElements.define('confusion-matrix', ConfusionMatrix);
