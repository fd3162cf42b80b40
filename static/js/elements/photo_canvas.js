import { ARROWS, CanvasElement } from './canvas_element.js';

/**
 * A picture and what is outlined in it, in its pixels.
 * @typedef {{width: number, height: number, pixels: Uint32Array<ArrayBuffer>}} Picture
 * @typedef {{row: number, column: number, rows: number, columns: number}} Outline
 */

const LONG_STEP = 10;

/**
 * A large picture, pixel by pixel. Its property `outline` marks some of them. Events: `point` (detail
 * a {row, column} or null) for what is under the pointer, `choose` for a click, a tap or an arrow key;
 * Escape chooses null.
 * @extends {CanvasElement<Picture>}
 */
export class PhotoCanvas extends CanvasElement {
  #mark = document.createElement('div');
  /** @type {Outline | null} */ #outline = null;
  /** Where keys have led since the outline came. @type {{row: number, column: number} | null} */
  #walked = null;

  /** @override */
  get isOfPixels() {
    return true;
  }

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    super.connected(signal);
    this.#mark.className = 'photo-mark';
    this.append(this.#mark);
    this.tabIndex = 0;
    this.setAttribute('role', 'application');
    const point = (/** @type {PointerEvent} */ event) => this.tell('point', this.#under(event));
    this.addEventListener('pointermove', point, { signal });
    this.addEventListener('pointerleave', () => this.tell('point', null), { signal });
    this.addEventListener('click', (event) => this.tell('choose', this.#under(event)), { signal });
    this.addEventListener('keydown', (event) => this.#walk(event), { signal });
  }

  /** @override */
  paint() {
    if (!this.model) return;
    const { width, height, pixels } = this.model;
    if (this.canvas.width !== width || this.canvas.height !== height) {
      [this.canvas.width, this.canvas.height] = [width, height];
    }
    const bytes = new Uint8ClampedArray(pixels.buffer);
    this.context.putImageData(new ImageData(bytes, width, height), 0, 0);
    this.#place();
  }

  get outline() {
    return this.#outline;
  }

  /** @param {Outline | null} outline */
  set outline(outline) {
    this.#outline = outline;
    this.#walked = null;
    this.#place();
  }

  #place() {
    const [outline, picture] = [this.#outline, this.model];
    this.#mark.hidden = !outline || !picture;
    if (!outline || !picture) return;
    const share = (/** @type {number} */ part, /** @type {number} */ all) =>
      `${(100 * part) / all}%`;
    const { style } = this.#mark;
    style.setProperty('left', share(outline.column, picture.width));
    style.setProperty('top', share(outline.row, picture.height));
    style.setProperty('width', share(outline.columns, picture.width));
    style.setProperty('height', share(outline.rows, picture.height));
  }

  /** @param {MouseEvent} event */
  #under(event) {
    if (!this.model) return null;
    const box = this.canvas.getBoundingClientRect();
    const { width, height } = this.model;
    const column = Math.floor(((event.clientX - box.left) / box.width) * width);
    const row = Math.floor(((event.clientY - box.top) / box.height) * height);
    return row >= 0 && column >= 0 && row < height && column < width ? { row, column } : null;
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const [picture, outline] = [this.model, this.#outline];
    if (!picture || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') this.tell('choose', null);
    if (!(event.key in ARROWS) || !outline) return;
    event.preventDefault();
    const step = event.shiftKey ? LONG_STEP : 1;
    const [right, down] = ARROWS[event.key];
    // Keys may come faster than frames, which bring the outline.
    const from = this.#walked ?? {
      row: outline.row + (outline.rows >> 1),
      column: outline.column + (outline.columns >> 1),
    };
    this.#walked = {
      row: Math.max(0, Math.min(picture.height - 1, from.row + down * step)),
      column: Math.max(0, Math.min(picture.width - 1, from.column + right * step)),
    };
    this.tell('choose', this.#walked);
  }
}

customElements.define('photo-canvas', PhotoCanvas);
