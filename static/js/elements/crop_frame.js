import { WHOLE, cropBox, movedCrop, sizedCrop } from '../core/drawing/crop.js';
import { ARROWS } from './canvas_element.js';

/**
 * @import {Crop} from '../core/drawing/crop.js'
 * @typedef {{crop: Crop, picture: readonly number[], input: readonly number[]}} CropModel
 *   the rows and columns of the picture and of the network's input
 */

/** How much a key changes the size, and how many pixels of the input Shift moves it by. */
const [FACTOR, FAR] = [0.9, 10];
/** A side below this share of the paper has no room for what moves and sizes it. */
const SMALL = 0.18;
const HINT =
  'Arrow keys move what the network reads, with Shift further; plus and minus change its size, 0 takes all.';

/** @param {string} className */
function part(className) {
  const element = document.createElement('div');
  element.className = className;
  return element;
}

/**
 * What of the photograph on the paper is read: framed, and the rest dimmed. It is moved by its handle or its
 * edge, sized by its corner, and both by keys. Event: `crop` (detail {crop, at}), followed by a new model.
 */
export class CropFrame extends HTMLElement {
  #frame = part('crop-box');
  /** What moves and sizes it, around a small one. */
  #grips = part('crop-grips');
  #handle = Object.assign(document.createElement('button'), {
    className: 'crop-handle',
    type: 'button',
  });
  #corner = part('crop-corner');
  /** @type {CropModel | null} */ #model = null;
  /** @type {AbortController | null} */ #living = null;
  /** Where a drag is now, in pixels of the picture. @type {[number, number] | null} */ #from =
    null;

  connectedCallback() {
    this.#living = new AbortController();
    const { signal } = this.#living;
    if (!this.firstChild) {
      this.#handle.title = HINT;
      this.#grips.append(
        ...['top', 'left', 'bottom', 'right'].map((side) => part(`crop-edge is-${side}`)),
        this.#handle,
        this.#corner,
      );
      this.append(this.#frame, this.#grips);
    }
    this.addEventListener('pointerdown', (event) => this.#down(event), { signal });
    this.addEventListener('pointermove', (event) => this.#move(event), { signal });
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'])
      this.addEventListener(end, () => (this.#from = null), { signal });
    this.#handle.addEventListener('keydown', (event) => this.#press(event), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#living?.abort();
  }

  /** @param {CropModel | null} model */
  set model(model) {
    this.#model = model;
    this.#show();
  }

  get model() {
    return this.#model;
  }

  #show() {
    if (!this.#model) return;
    const { crop, picture, input } = this.#model;
    const { top, left, bottom, right } = cropBox(crop, picture, input);
    const side = Math.max(...picture);
    const [above, beside] = picture.map((count) => (side - count) / 2);
    const [width, height] = [right - left, bottom - top];
    const places = { top: above + top, left: beside + left, width, height };
    for (const [name, pixels] of Object.entries(places))
      this.style.setProperty(`--${name}`, `${(100 * pixels) / side}%`);
    this.classList.toggle('is-small', Math.min(width, height) < SMALL * side);
    const size = `${width} by ${height} pixels from column ${left} and row ${top} on`;
    this.#handle.setAttribute('aria-label', `What the network reads: ${size}. ${HINT}`);
  }

  /** Where a pointer is, in pixels of the picture. @param {PointerEvent} event @returns {[number, number]} */
  #at({ clientX, clientY }) {
    const side = Math.max(...(this.#model?.picture ?? [1]));
    const scale = side / this.getBoundingClientRect().width;
    return [scale * clientX, scale * clientY];
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    this.#from = this.#at(event);
    this.classList.toggle('is-sizing', event.target === this.#corner);
    this.setPointerCapture(event.pointerId);
    this.#handle.focus({ preventScroll: true });
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.#from || !this.#model) return;
    const { crop, picture, input } = this.#model;
    const at = this.#at(event);
    const [right, down] = [at[0] - this.#from[0], at[1] - this.#from[1]].map(Math.round);
    if (right === 0 && down === 0) return;
    this.#from = [this.#from[0] + right, this.#from[1] + down];
    const box = cropBox(crop, picture, input);
    const factor = 1 + (right + down) / (box.right - box.left + box.bottom - box.top);
    const next = this.classList.contains('is-sizing')
      ? sizedCrop(crop, Math.max(FACTOR / 2, factor), picture, input)
      : movedCrop(crop, [right, down], picture, input);
    this.#tell(next, event.timeStamp);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (!this.#model || event.ctrlKey || event.metaKey || event.altKey) return;
    const { crop, picture, input } = this.#model;
    const next = this.#pressed(event, crop, picture, input);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    this.#tell(next, event.timeStamp);
  }

  /** @param {KeyboardEvent} event @param {Crop} crop @param {readonly number[]} picture @param {readonly number[]} input */
  #pressed({ key, shiftKey }, crop, picture, input) {
    const arrow = ARROWS[key];
    if (arrow) {
      const { top, bottom } = cropBox(crop, picture, input);
      const step = Math.max(1, Math.round(((shiftKey ? FAR : 1) * (bottom - top)) / input[0]));
      return movedCrop(crop, [step * arrow[0], step * arrow[1]], picture, input);
    }
    if (key === '+' || key === '=') return sizedCrop(crop, 1 / FACTOR, picture, input);
    if (key === '-') return sizedCrop(crop, FACTOR, picture, input);
    return key === '0' ? WHOLE : null;
  }

  /** @param {Crop} crop @param {number} at */
  #tell(crop, at) {
    // The next key may come before the new model does, and goes on from here.
    if (this.#model) this.model = { ...this.#model, crop };
    this.dispatchEvent(new CustomEvent('crop', { detail: { crop, at } }));
  }
}

customElements.define('crop-frame', CropFrame);
