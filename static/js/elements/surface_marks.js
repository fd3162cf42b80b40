import { SIDE } from '../core/drawing/strokes.js';

/** @typedef {{top: number, left: number, bottom: number, right: number}} Box  units of the paper */

/** @param {number} units */
const percent = (units) => `${(100 * units) / SIDE}%`;

/** @param {string} className */
function part(className) {
  const element = document.createElement('div');
  element.className = className;
  return element;
}

/** What lies over the paper and is no ink: an outlined box, the keyboard's cross, the brush's ring. */
export class SurfaceMarks {
  #box = part('surface-box');
  #cross = part('surface-cross');
  #ring = part('surface-ring');

  get elements() {
    return [this.#box, this.#cross, this.#ring];
  }

  /** Outlines a box; a side that lies beyond the paper is dashed at its edge. @param {Box | null} box */
  showBox(box) {
    this.#box.classList.toggle('is-shown', box !== null);
    if (!box) return;
    const { style, classList } = this.#box;
    const inside = (/** @type {number} */ value) => Math.min(SIDE, Math.max(0, value));
    style.setProperty('top', percent(inside(box.top)));
    style.setProperty('left', percent(inside(box.left)));
    style.setProperty('bottom', percent(SIDE - inside(box.bottom)));
    style.setProperty('right', percent(SIDE - inside(box.right)));
    classList.toggle('is-cut-top', box.top < 0);
    classList.toggle('is-cut-left', box.left < 0);
    classList.toggle('is-cut-bottom', box.bottom > SIDE);
    classList.toggle('is-cut-right', box.right > SIDE);
  }

  /** @param {{x: number, y: number, isDown: boolean}} keys */
  showCross({ x, y, isDown }) {
    this.#cross.style.setProperty('left', percent(x));
    this.#cross.style.setProperty('top', percent(y));
    this.#cross.classList.toggle('is-down', isDown);
  }

  /** @param {number} size  of the brush */
  sizeRing(size) {
    this.#ring.style.setProperty('width', percent(size));
    this.#ring.style.setProperty('height', percent(size));
  }

  /** @param {number} x @param {number} y */
  moveRing(x, y) {
    this.#ring.style.setProperty('left', percent(x));
    this.#ring.style.setProperty('top', percent(y));
  }
}
