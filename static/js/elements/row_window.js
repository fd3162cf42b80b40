/** @import {Block} from '../core/layers/layout.js' */

/** Room for the scrollbar, CSS px. */
const SCROLLBAR_PX = 10;

/**
 * Which rows of maps a picture paints: all, or of hundreds those that are scrolled to, and the one at the
 * edge. The canvas goes along with them within its element, which scrolls.
 */
export class RowWindow {
  #element;
  #canvas;
  /** As high as all rows. */
  #rule = document.createElement('span');
  /** CSS px from one row to the next. */
  #step = 1;
  #most = 0;
  /** How far it is scrolled, CSS px: to ask for it where anything has been placed costs a layout. */
  top = 0;
  isScrolled = false;
  /** The first row that is painted, and how many are. */
  first = 0;
  count = 0;

  /** @param {HTMLElement} element @param {HTMLCanvasElement} canvas */
  constructor(element, canvas) {
    this.#element = element;
    this.#canvas = canvas;
  }

  /**
   * Takes the place of a block.
   * @param {Block} block  device pixels
   * @param {number} scale  device pixels a CSS px
   * @returns {number} how high what is painted is, device pixels
   */
  place({ gridRows, shownRows = gridRows, cellHeight, gap, width, height }, scale) {
    const wasScrolled = this.isScrolled;
    this.isScrolled = shownRows < gridRows;
    this.count = this.isScrolled ? shownRows + 1 : gridRows;
    this.#step = (cellHeight + gap) / scale;
    this.#most = gridRows - this.count;
    const { classList, style } = this.#element;
    // A browser would remember how far it was, and return there.
    if (wasScrolled && !this.isScrolled && this.top > 0) this.#element.scrollTop = 0;
    classList.toggle('is-scrolled', this.isScrolled);
    if (this.isScrolled) {
      style.width = `${width / scale + SCROLLBAR_PX}px`;
      style.height = `${height / scale}px`;
      this.#rule.style.height = `${gridRows * this.#step - gap / scale}px`;
      this.#element.append(this.#rule);
    } else {
      this.#rule.remove();
      for (const name of ['width', 'height']) style.removeProperty(name);
    }
    // What begins or ceases to scroll stands at its top; to read that would lay the page out.
    if (this.isScrolled !== wasScrolled) this.top = 0;
    this.first = -1;
    this.#find();
    return this.isScrolled ? this.count * (cellHeight + gap) - gap : Math.round(height);
  }

  /** Follows the scrollbar, once it has moved. @returns {boolean} whether other rows are to be painted */
  follow() {
    this.#read();
    return this.#find();
  }

  #read() {
    this.top = this.isScrolled ? this.#element.scrollTop : 0;
  }

  /** Finds the rows that are scrolled to. @returns {boolean} whether they are others */
  #find() {
    const row = Math.floor(this.top / this.#step);
    const first = Math.max(0, Math.min(row, this.#most));
    if (first === this.first) return false;
    this.first = first;
    const top = `${first * this.#step}px`;
    if (this.#canvas.style.top !== top) this.#canvas.style.top = top;
    return true;
  }

  /** Scrolls as far as a row needs to be seen. @param {number} row */
  reveal(row) {
    if (!this.isScrolled) return;
    const [top, bottom] = [row * this.#step, (row + 1) * this.#step];
    const element = this.#element;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTop = bottom - element.clientHeight;
    this.#read();
  }
}
