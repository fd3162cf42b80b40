import { drawField, paintPicture } from '../render/field_picture.js';
import { ARROWS, CanvasElement } from './canvas_element.js';

/**
 * @import {FieldModel, PixelPicture} from '../render/field_picture.js'
 * @import {Pixel} from '../core/receptive_field.js'
 * @import {Theme} from '../render/theme.js'
 */

/** A pixel is a whole number of device pixels where it is as large as this. */
const WHOLE_FROM = 3;
const LONG_STEP = 5;

/**
 * A part of the network's picture as wide as its place, with what is outlined in it. Where it is
 * `interactive`, events: `point` (detail a Pixel or null) for what is under the pointer, `choose` (detail a
 * Pixel) for a click, a tap or an arrow key.
 * @extends {CanvasElement<FieldModel>}
 */
export class FieldPicture extends CanvasElement {
  #image = document.createElement('canvas');
  /** What the image shows, in which colours. @type {{picture: PixelPicture, theme: Theme} | null} */
  #painted = null;
  #cell = 1;

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    super.connected(signal);
    const on = (/** @type {string} */ type, /** @type {(event: any) => void} */ act) =>
      this.addEventListener(type, act, { signal });
    on('pointermove', (event) => this.#say('point', this.#under(event)));
    on('pointerleave', () => this.#say('point', null));
    on('click', (event) => this.#say('choose', this.#under(event)));
    on('keydown', (event) => this.#walk(event));
    this.watchSize(signal);
  }

  /** @override @param {Theme} theme */
  paint(theme) {
    const width = this.clientWidth;
    if (!this.model || width === 0) return;
    const { picture, window: shown } = this.model;
    const [rows, columns] = [shown.bottom - shown.top, shown.right - shown.left];
    const side = (width * devicePixelRatio) / Math.max(columns, rows);
    this.#cell = (side >= WHOLE_FROM ? Math.floor(side) : side) / devicePixelRatio;
    this.fit(columns * this.#cell, rows * this.#cell);
    drawField(this.context, this.#imageOf(picture, theme), this.model, this.#cell, theme);
  }

  /** The whole picture, painted anew only where it or the colours are others. @param {PixelPicture} picture @param {Theme} theme */
  #imageOf(picture, theme) {
    if (this.#painted?.picture === picture && this.#painted.theme === theme) return this.#image;
    this.#painted = { picture, theme };
    const image = new ImageData(picture.columns, picture.rows);
    paintPicture(new Uint32Array(image.data.buffer), picture, theme);
    [this.#image.width, this.#image.height] = [picture.columns, picture.rows];
    this.#image.getContext('2d')?.putImageData(image, 0, 0);
    return this.#image;
  }

  /** @param {MouseEvent} event @returns {Pixel | null} */
  #under({ clientX, clientY }) {
    if (!this.model) return null;
    const { picture, window: shown } = this.model;
    const { left, top } = this.canvas.getBoundingClientRect();
    const column = Math.floor((clientX - left) / this.#cell) + shown.left;
    const row = Math.floor((clientY - top) / this.#cell) + shown.top;
    const isInside = row >= 0 && column >= 0 && row < picture.rows && column < picture.columns;
    return isInside ? { row, column } : null;
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const next = this.model && steppedPixel(event, this.model.pixel, this.model.picture);
    if (!next || !this.hasAttribute('interactive')) return;
    event.preventDefault();
    this.#say('choose', next);
  }

  /** @param {'point' | 'choose'} type @param {Pixel | null} pixel */
  #say(type, pixel) {
    const isTold = type === 'point' || pixel !== null;
    if (isTold && this.hasAttribute('interactive')) this.tell(type, pixel);
  }
}

/**
 * The pixel that an arrow key leads to, or null where the key is none.
 * @param {KeyboardEvent} event
 * @param {Pixel | null} from  null: the middle
 * @param {{rows: number, columns: number}} picture
 * @returns {Pixel | null}
 */
export function steppedPixel(event, from, { rows, columns }) {
  if (!(event.key in ARROWS) || event.ctrlKey || event.metaKey || event.altKey) return null;
  const [right, down] = ARROWS[event.key];
  const step = event.shiftKey ? LONG_STEP : 1;
  const { row, column } = from ?? { row: rows >> 1, column: columns >> 1 };
  return {
    row: Math.max(0, Math.min(rows - 1, row + down * step)),
    column: Math.max(0, Math.min(columns - 1, column + right * step)),
  };
}

customElements.define('field-picture', FieldPicture);
