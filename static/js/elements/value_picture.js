import { resample } from '../core/drawing/resample.js';
import { paintColours, paintValues } from '../render/values.js';
import { CanvasElement, fitCanvas } from './canvas_element.js';

/** @import {Picture} from '../core/colour.js' */

/** @param {Float32Array} values */
const largest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/**
 * @param {Uint32Array} pixels
 * @param {Float32Array[]} planes  one value a pixel each
 * @param {Picture} picture
 * @param {import('../render/theme.js').Theme} theme
 */
function paint(pixels, planes, { values, palette, limit = 0 }, theme) {
  if (palette === 'colour') paintColours(pixels, planes);
  else if (palette === 'input') paintValues(pixels, planes[0], theme.input, 0, 1);
  else {
    const end = Math.max(limit, largest(values));
    paintValues(pixels, planes[0], theme[palette], -end, end);
  }
}

/**
 * A small picture of a matrix, fitted into its element with crisp cells. Its model is a Picture
 * or null; the same object is not painted twice.
 * @extends {CanvasElement<Picture>}
 */
export class ValuePicture extends CanvasElement {
  // The size is remembered: to ask for it between two pictures would lay the page out each time.
  #size = { width: 0, height: 0 };

  /** @override */
  get isOfPixels() {
    return true;
  }

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    super.connected(signal);
    this.canvas.hidden = this.model === null;
    this.watchSize(signal);
  }

  /** @override */
  resized() {
    this.#size = { width: this.clientWidth, height: this.clientHeight };
    this.paintSoon();
  }

  /** @override */
  update() {
    this.canvas.hidden = this.model === null;
    this.paintSoon();
  }

  /** @override @param {import('../render/theme.js').Theme} theme */
  paint(theme) {
    const picture = this.model;
    const space = this.#size;
    if (!picture || space.width === 0) return;
    const { rows, columns, values, palette } = picture;
    // As large as its place whatever the picture: memory for another size takes a browser longer than
    // all of this.
    const [across, down] = [space.width, space.height].map((side) =>
      Math.round(side * devicePixelRatio),
    );
    fitCanvas(this.canvas, across / devicePixelRatio, down / devicePixelRatio);
    const scale = Math.min(across / columns, down / rows);
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
    paint(new Uint32Array(image.data.buffer), sized, picture, theme);
    this.#put(image);
  }

  /** Puts a picture into the middle, and nothing where a former one was larger. @param {ImageData} image */
  #put(image) {
    const { width, height } = this.canvas;
    if (image.width < width || image.height < height) this.context.clearRect(0, 0, width, height);
    this.context.putImageData(image, (width - image.width) >> 1, (height - image.height) >> 1);
  }
}

customElements.define('value-picture', ValuePicture);
