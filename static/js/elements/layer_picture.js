import { cellAt, mapRect } from '../core/layers/layout.js';
import { mapsOf } from '../core/tensor.js';
import { paintMaps } from '../render/maps.js';
import { isSameScale } from '../render/scale.js';
import { paintStrip } from '../render/strip.js';
import { ARROWS, CanvasElement, fitCanvas } from './canvas_element.js';
import { RowWindow } from './row_window.js';

/**
 * @import {Block} from '../core/layers/layout.js'
 * @import {Tensor} from '../core/tensor.js'
 * @import {Diverging, Sequential} from '../render/scale.js'
 * @typedef {{channel: number, row: number, column: number}} Cell
 */

/**
 * The picture of one layer in the overview. It tells which cell the pointer or the arrow keys are
 * on (`point` event, detail a Cell or null) and which map is chosen (`choose`, detail a Cell). Whoever
 * lays the layers out places it and lets it show its values, in the same step.
 * @extends {CanvasElement<null>}
 */
export class LayerPicture extends CanvasElement {
  /** @type {Block | null} */ #block = null;
  /** @type {Tensor | null} */ #tensor = null;
  /** @type {ImageData | null} */ #image = null;
  /** @type {Diverging | Sequential | null} */ #colours = null;
  /** @type {readonly number[]} */ #shape = [];
  #rows = new RowWindow(this, this.canvas);
  #scale = 1;
  #channel = 0;
  /** Where it is placed, as a text; what of which rows is on the canvas. */
  #placed = '';
  /** @type {{tensor: Tensor, colours: Diverging | Sequential, first: number} | null} */ #painted =
    null;

  /** @override */
  get isOfPixels() {
    return true;
  }

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    super.connected(signal);
    this.tabIndex = 0;
    this.setAttribute('role', 'application');
    this.setAttribute('aria-roledescription', 'feature maps');
    this.addEventListener('pointermove', (event) => this.#tell('point', this.#under(event)), {
      signal,
    });
    this.addEventListener('pointerleave', () => this.#tell('point', null), { signal });
    this.addEventListener('blur', () => this.#tell('point', null), { signal });
    this.addEventListener('click', (event) => this.#choose(this.#under(event)), { signal });
    this.addEventListener('keydown', (event) => this.#walk(event), { signal });
    this.addEventListener('scroll', () => this.#follow(), { signal, passive: true });
    this.addEventListener('focus', () => this.matches(':focus-visible') && this.#tellMiddle(), {
      signal,
    });
  }

  /** @param {Block} block  device pixels @param {number} scale  device pixels a CSS px */
  place(block, scale) {
    this.#scale = scale;
    const [width, height] = [Math.round(block.width), Math.round(block.height)];
    const painted = this.#rows.place(block, scale);
    const isNew = this.canvas.width !== width || this.canvas.height !== painted || !this.#image;
    if (isNew) this.#image = new ImageData(width, painted);
    fitCanvas(this.canvas, width / scale, painted / scale);
    this.#block = { ...block, width, height };
    const placed = JSON.stringify(this.#block);
    if (isNew || placed !== this.#placed) this.#painted = null;
    this.#placed = placed;
  }

  /** Paints the rows that have been scrolled to. */
  #follow() {
    if (this.#rows.follow() && this.#tensor && this.#colours)
      this.show(this.#tensor, this.#colours, this.#shape);
  }

  /**
   * @param {Tensor} tensor  the maps, or a smaller picture of each
   * @param {Diverging | Sequential} colours
   * @param {readonly number[]} [shape]  of the layer itself
   */
  show(tensor, colours, shape = tensor.shape) {
    const [block, image] = [this.#block, this.#image];
    if (!block || !image) return;
    [this.#tensor, this.#colours, this.#shape] = [tensor, colours, shape];
    const { first } = this.#rows;
    const now = this.#painted;
    if (now?.tensor === tensor && now.first === first && isSameScale(now.colours, colours)) return;
    this.#painted = { tensor, colours, first };
    const pixels = new Uint32Array(image.data.buffer);
    if (block.kind === 'maps') {
      // Behind the last map of the last row something may have been.
      if (this.#rows.isScrolled) pixels.fill(0);
      paintMaps(pixels, block, tensor, colours, this.#rows);
    } else paintStrip(pixels, block, tensor, colours);
    this.context.putImageData(image, 0, 0);
  }

  /** The rectangle of a map or unit in sight, CSS px relative to this element. @param {number} channel */
  rectOf(channel) {
    if (!this.#block) return null;
    const rect = mapRect(this.#block, channel);
    const s = this.#scale;
    const y = rect.y / s - this.#rows.top;
    if (this.#rows.isScrolled && (y + rect.height / s < 0 || y > this.clientHeight)) return null;
    return { x: rect.x / s, y, width: rect.width / s, height: rect.height / s };
  }

  /** @param {PointerEvent | MouseEvent} event */
  #under(event) {
    if (!this.#block || !this.#tensor) return null;
    const box = this.canvas.getBoundingClientRect();
    const x = (event.clientX - box.left) * this.#scale;
    const above = this.#rows.first * (this.#block.cellHeight + this.#block.gap);
    const y = (event.clientY - box.top) * this.#scale + above;
    return cellAt(this.#block, mapsOf(this.#shape), x, y);
  }

  #middle() {
    const { rows, columns } = mapsOf(this.#shape);
    return { channel: this.#channel, row: rows >> 1, column: columns >> 1 };
  }

  #tellMiddle() {
    this.#tell('point', this.#middle());
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const block = this.#block;
    if (!block || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') this.#choose(this.#middle());
    else if (event.key === 'Home') this.#channel = 0;
    else if (event.key === 'End') this.#channel = block.count - 1;
    else if (event.key in ARROWS) {
      const [dx, dy] = ARROWS[event.key];
      const next = this.#channel + dx + dy * block.gridColumns;
      if (next >= 0 && next < block.count) this.#channel = next;
    } else return;
    event.preventDefault();
    this.#rows.reveal(Math.floor(this.#channel / block.gridColumns));
    if (this.isConnected) this.#tellMiddle();
  }

  /** @param {Cell | null} cell */
  #choose(cell) {
    if (cell) this.#tell('choose', cell);
  }

  /** @param {'point' | 'choose'} type @param {Cell | null} cell */
  #tell(type, cell) {
    if (cell) this.#channel = cell.channel;
    this.tell(type, cell);
  }
}

customElements.define('layer-picture', LayerPicture);
