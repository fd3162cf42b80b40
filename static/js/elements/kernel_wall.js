import { gridOf } from '../core/layers/map_grid.js';
import { PaintedElement } from './canvas_element.js';
import { LayerPicture } from './layer_picture.js';

/** A wall higher than this is scrolled within so much, and only what is in sight is painted, CSS px. */
const HIGH = { from: 1600, shown: 720 };
/** The same of one that stands beside something else. */
const BOUNDED = { from: 660, shown: 400 };
/** Filters beside each other are so many gaps apart. */
const APART = 5;

/**
 * @typedef {{weight: import('../core/tensor.js').Tensor, limit: number, selected?: number,
 *   palette?: 'weight' | 'activation' | 'gradient', largest?: number, isBounded?: boolean}} WallModel
 *   selected: the index of the outlined kernel; largest: CSS px of a cell at most; isBounded: whether it has
 *   several filters a line where they have room, and is scrolled within what stays in sight
 */

/**
 * Every kernel of a convolution in one picture: a line a filter, a column an input channel.
 * Events: `kernel` (detail {filter, input} or null), `cell` (the same with row and column), `filter`
 * (detail the chosen filter) and `choose` (detail {filter, input}).
 * @extends {PaintedElement<WallModel>}
 */
export class KernelWall extends PaintedElement {
  #picture = new LayerPicture();
  #mark = document.createElement('span');

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    this.#mark.className = 'wall-mark';
    this.append(this.#picture, this.#mark);
    this.#picture.addEventListener('point', (event) => this.#tell('kernel', event), { signal });
    this.#picture.addEventListener('choose', (event) => this.#tell('filter', event), { signal });
    this.#picture.addEventListener('choose', (event) => this.#tell('choose', event), { signal });
    this.#picture.addEventListener('scroll', () => this.#outline(), { signal, passive: true });
    this.watchSize(signal);
  }

  /** What a screen reader says of the picture. @param {string} text */
  set label(text) {
    this.#picture.setAttribute('aria-label', text);
  }

  /** @override @param {WallModel | null} before */
  update(before) {
    const { weight, limit } = this.model ?? {};
    if (before?.weight !== weight || before?.limit !== limit) this.paintSoon();
    else this.#outline();
  }

  /** Outlines the selected kernel. */
  #outline() {
    const { selected = -1 } = this.model ?? {};
    const rect = selected < 0 ? null : this.#picture.rectOf(selected);
    this.#mark.hidden = rect === null;
    if (!rect) return;
    const { style } = this.#mark;
    style.left = `${this.#picture.offsetLeft + rect.x}px`;
    style.top = `${this.#picture.offsetTop + rect.y}px`;
    style.width = `${rect.width}px`;
    style.height = `${rect.height}px`;
  }

  /** @override @param {import('../render/theme.js').Theme} theme */
  paint(theme) {
    if (!this.model || this.clientWidth === 0) return;
    const { weight, limit, palette = 'weight', largest, isBounded } = this.model;
    const [filters, inputs, rows, columns] = weight.shape;
    const scale = window.devicePixelRatio;
    const gap = Math.max(1, Math.round(largest ? (scale * largest) / 4 : scale));
    const isLine = inputs === 1;
    const least = isLine ? 8 : inputs;
    const wanted = Math.round((largest ?? (inputs > 8 ? 3 : 6)) * scale);
    const room = (this.clientWidth * scale + gap) / least - gap;
    const cell = Math.max(1, Math.min(wanted, Math.floor(room / columns)));
    const [cellWidth, cellHeight] = [columns * cell, rows * cell];
    const count = filters * inputs;
    const groups = { size: least, gap: isBounded && !isLine ? APART * gap : 0 };
    const group = least * (cellWidth + gap) + groups.gap;
    const fit = Math.floor((this.clientWidth * scale + gap + groups.gap) / group);
    const beside = groups.gap > 0 ? Math.max(1, Math.min(filters, fit)) : 1;
    const gridColumns = beside * least;
    const gridRows = Math.ceil(count / gridColumns);
    const step = (cellHeight + gap) / scale;
    const high = isBounded ? BOUNDED : HIGH;
    const isHigh = gridRows * step > high.from;
    const shownRows = isHigh ? Math.floor(high.shown / step) : gridRows;
    const lying = { gridRows, shownRows, gridColumns, cellWidth, cellHeight, gap, groups };
    const grid = gridOf(lying);
    const block = { name: 'kernels', kind: /** @type {const} */ ('maps'), count, ...grid };
    const tensor = { shape: [count, rows, columns], data: weight.data };
    this.#picture.place(block, scale);
    this.#picture.show(tensor, {
      table: theme[palette],
      limits: new Float32Array(count).fill(limit),
    });
    this.#outline();
  }

  /** @param {'kernel' | 'filter' | 'choose'} type @param {Event} event */
  #tell(type, event) {
    const cell = /** @type {CustomEvent} */ (event).detail;
    const inputs = this.model?.weight.shape[1] ?? 1;
    const kernel = cell && {
      filter: Math.floor(cell.channel / inputs),
      input: cell.channel % inputs,
    };
    this.tell(type, type === 'filter' ? kernel.filter : kernel);
    if (type === 'kernel')
      this.tell('cell', cell && { ...kernel, row: cell.row, column: cell.column });
  }
}

customElements.define('kernel-wall', KernelWall);
