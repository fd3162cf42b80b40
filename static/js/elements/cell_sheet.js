import { css, isLight } from '../core/colour.js';
import { cellText, exactText } from '../core/input/typed_number.js';
import { insertInOrder, isOutdated } from './cell_text.js';

/**
 * @import {Theme} from '../render/theme.js'
 * @import {CellsModel, Place} from './cell_editing.js'
 * @typedef {{top: number, bottom: number, left: number, right: number}} Range the last included
 */

/** A cell's side in CSS px: as large as there is room for, within these. */
const LARGEST_PX = 36;
const SMALLEST_PX = 24;
const SMALLEST_TOUCHED_PX = 40;
/** A cell narrower than this leaves the zero before the point away. */
const NARROW_PX = 34;
/** More signs than this are written smaller, such as −1e300: a cut number would be another one. */
const LONG = 4;
/** As much is drawn before the first look at the size. */
const NEVER_LESS_PX = 264;
/** Cells beyond the edge that are there all the same, so that scrolling never shows a gap. */
const BEYOND = 3;

/** The cells of a matrix as text fields; of a large one, those in sight. */
export class CellSheet {
  /** The cell that Tab comes to. @type {Place} */
  cursor = { row: 0, column: 0 };
  #host;
  #sheet = document.createElement('div');
  /** @type {Map<string, HTMLInputElement>} */ #cells = new Map();
  /** @type {WeakMap<EventTarget, Place>} */ #places = new WeakMap();
  #cell = LARGEST_PX;
  // What is in sight is remembered: to ask for it between two pictures would lay the page out again.
  #view = { top: 0, left: 0, width: 0, height: 0 };

  /** @param {HTMLElement} host  what scrolls */
  constructor(host) {
    this.#host = host;
    this.#sheet.className = 'cells-sheet';
  }

  /** @param {EventTarget | null} target @returns {Place | null} */
  placeOf(target) {
    return (target && this.#places.get(target)) ?? null;
  }

  /** @param {Place} place */
  focus({ row, column }) {
    const host = this.#host;
    const [top, left] = [row * this.#cell, column * this.#cell];
    // What is out of sight is not there: it comes into sight first.
    if (top < host.scrollTop) host.scrollTop = top;
    const low = top + this.#cell - host.clientHeight;
    if (low > host.scrollTop) host.scrollTop = low;
    if (left < host.scrollLeft) host.scrollLeft = left;
    const far = left + this.#cell - host.clientWidth;
    if (far > host.scrollLeft) host.scrollLeft = far;
    this.cursor = { row, column };
    host.dispatchEvent(new Event('scroll'));
    this.#cells.get(`${row}:${column}`)?.focus({ preventScroll: true });
  }

  /** Shows a number in the cell that is edited. @param {Place} place @param {number} value */
  show({ row, column }, value) {
    const cell = this.#cells.get(`${row}:${column}`);
    if (cell) cell.value = exactText(value);
  }

  /** @param {CellsModel} model @param {Theme} theme */
  draw(model, theme) {
    const host = this.#host;
    if (!this.#sheet.isConnected) host.append(this.#sheet);
    this.#resize(model);
    const range = this.#inSight(model);
    const { row, column } = this.cursor;
    this.cursor = {
      row: Math.min(row, model.rows - 1),
      column: Math.min(column, model.columns - 1),
    };
    for (const [key, cell] of this.#cells) {
      const place = /** @type {Place} */ (this.#places.get(cell));
      if (isWithin(place, range) || (cell === document.activeElement && isIn(place, model)))
        continue;
      cell.remove();
      this.#cells.delete(key);
    }
    for (let r = range.top; r <= range.bottom; r++) {
      for (let c = range.left; c <= range.right; c++) {
        this.#paint(this.#cellAt(r, c), { row: r, column: c }, model, theme);
      }
    }
  }

  /** Looks anew at what is in sight: after a scroll, or in another size. */
  look() {
    const {
      scrollTop: top,
      scrollLeft: left,
      clientWidth: width,
      clientHeight: height,
    } = this.#host;
    this.#view = { top, left, width, height };
  }

  /** @param {CellsModel} model */
  #resize({ rows, columns }) {
    const least = matchMedia('(pointer: coarse)').matches ? SMALLEST_TOUCHED_PX : SMALLEST_PX;
    const room = Math.floor(this.#view.width / columns);
    this.#cell = Math.max(least, Math.min(LARGEST_PX, room));
    const { style } = this.#sheet;
    style.setProperty('--rows', String(rows));
    style.setProperty('--columns', String(columns));
    style.setProperty('--cell', `${this.#cell}px`);
  }

  /** @param {CellsModel} model @returns {Range} */
  #inSight({ rows, columns }) {
    const { top, left, width, height } = this.#view;
    const first = (/** @type {number} */ px) => Math.max(0, Math.floor(px / this.#cell) - BEYOND);
    const last = (/** @type {number} */ px, /** @type {number} */ count) =>
      Math.min(count - 1, Math.ceil(px / this.#cell) + BEYOND);
    return {
      top: first(top),
      bottom: last(top + Math.max(height, NEVER_LESS_PX), rows),
      left: first(left),
      right: last(left + Math.max(width, NEVER_LESS_PX), columns),
    };
  }

  /** The field of a cell, made where there is none. @param {number} row @param {number} column */
  #cellAt(row, column) {
    const key = `${row}:${column}`;
    const known = this.#cells.get(key);
    if (known) return known;
    const cell = document.createElement('input');
    cell.className = 'number-cell';
    cell.type = 'text';
    cell.autocomplete = 'off';
    cell.spellcheck = false;
    cell.style.setProperty('grid-area', `${row + 1} / ${column + 1}`);
    this.#cells.set(key, cell);
    this.#places.set(cell, { row, column });
    insertInOrder(this.#sheet, cell, (other) => this.placeOf(other));
    return cell;
  }

  /** @param {HTMLInputElement} cell @param {Place} place @param {CellsModel} model @param {Theme} theme */
  #paint(cell, { row, column }, { columns, values, palette, limit, name, marked }, theme) {
    const value = values[row * columns + column];
    const table = theme[palette];
    const share = palette === 'input' ? value / limit : 0.5 + value / limit / 2;
    const pixel =
      table[Math.max(0, Math.min(table.length - 1, Math.round(share * (table.length - 1))))];
    cell.style.setProperty('background-color', css(pixel));
    cell.classList.toggle('is-on-dark', !isLight(pixel));
    cell.classList.toggle('is-marked', marked?.row === row && marked.column === column);
    cell.ariaLabel = `${name} row ${row}, column ${column}`;
    cell.tabIndex = row === this.cursor.row && column === this.cursor.column ? 0 : -1;
    const text = cellText(value, this.#cell < NARROW_PX);
    cell.classList.toggle('is-long', text.length > LONG);
    if (cell !== document.activeElement) cell.value = text;
    else if (isOutdated(cell.value, value)) cell.value = exactText(value);
  }
}

/** @param {Place} place @param {Range} range */
const isWithin = ({ row, column }, { top, bottom, left, right }) =>
  row >= top && row <= bottom && column >= left && column <= right;

/** @param {Place} place @param {{rows: number, columns: number}} model */
const isIn = ({ row, column }, { rows, columns }) => row < rows && column < columns;
