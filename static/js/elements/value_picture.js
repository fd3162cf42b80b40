import { resample } from '../core/drawing/resample.js';
import { paintColours, paintValues } from '../render/values.js';
import { theme } from '../render/theme.js';

/**
 * Values as a picture: grey 0…1 (`input`), signed around zero (`activation`, `weight`), or, where
 * there are three planes of values, red, green and blue 0…1 (`colour`).
 * @typedef {{rows: number, columns: number, values: Float32Array,
 *   palette: 'input' | 'activation' | 'weight' | 'colour', limit?: number}} Picture  limit: a signed value that
 *   has the full colour at least; larger ones stretch the range
 */

/** @param {Float32Array} values */
const largest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/**
 * @param {Uint32Array} pixels
 * @param {Float32Array[]} planes  one value a pixel each
 * @param {Picture} picture
 */
function paint(pixels, planes, { values, palette, limit = 0 }) {
  if (palette === 'colour') paintColours(pixels, planes);
  else if (palette === 'input') paintValues(pixels, planes[0], theme().input, 0, 1);
  else {
    const end = Math.max(limit, largest(values));
    paintValues(pixels, planes[0], theme()[palette], -end, end);
  }
}

/**
 * A small picture of a matrix, fitted into its element with crisp cells. Its property `picture` is a
 * Picture or null; the same object is not painted twice.
 */
export class ValuePicture extends HTMLElement {
  #canvas = document.createElement('canvas');
  // Every pixel comes from the processor: a canvas on the graphics card would only add a copy.
  #context = this.#canvas.getContext('2d', { willReadFrequently: true });
  // The size is remembered: to ask for it between two pictures would lay the page out each time.
  #size = { width: 0, height: 0 };
  /** @type {Picture | null} */ #picture = null;
  /** @type {AbortController | null} */ #living = null;

  connectedCallback() {
    this.append(this.#canvas);
    this.#living = new AbortController();
    const { signal } = this.#living;
    document.addEventListener('themechange', () => this.#paint(), { signal });
    const resizes = new ResizeObserver(() => {
      this.#size = { width: this.clientWidth, height: this.clientHeight };
      this.#paint();
    });
    resizes.observe(this);
    signal.addEventListener('abort', () => resizes.disconnect());
  }

  disconnectedCallback() {
    this.#living?.abort();
  }

  get picture() {
    return this.#picture;
  }

  /** @param {Picture | null} picture */
  set picture(picture) {
    if (picture === this.#picture) return;
    this.#picture = picture;
    this.#paint();
  }

  #paint() {
    const picture = this.#picture;
    this.#canvas.hidden = picture === null;
    const space = this.#size;
    if (!picture || space.width === 0) return;
    const { rows, columns, values, palette } = picture;
    const scale = Math.min(space.width / columns, space.height / rows) * devicePixelRatio;
    const width = Math.max(1, Math.round(scale * columns));
    const height = Math.max(1, Math.round(scale * rows));
    const image = new ImageData(width, height);
    const planes = palette === 'colour' ? [0, 1, 2] : [0];
    const scratch = new Float32Array(rows * width);
    const sized = planes.map((plane) => {
      const out = new Float32Array(width * height);
      resample(values, plane * rows * columns, rows, columns, height, width, scratch, out);
      return out;
    });
    paint(new Uint32Array(image.data.buffer), sized, picture);
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
      this.#canvas.style.setProperty('width', `${width / devicePixelRatio}px`);
      this.#canvas.style.setProperty('height', `${height / devicePixelRatio}px`);
    }
    this.#context?.putImageData(image, 0, 0);
  }
}

customElements.define('value-picture', ValuePicture);
