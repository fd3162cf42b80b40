import { theme } from '../render/theme.js';
import { LayerPicture } from './layer-picture.js';

/**
 * @typedef {{weight: import('../core/tensor.js').Tensor, limit: number}} WallModel
 */

/**
 * Every kernel of a convolution in one picture: a line a filter, a column an input channel.
 * Events: `kernel` (detail {filter, input} or null) and `filter` (detail the chosen filter).
 */
export class KernelWall extends HTMLElement {
  #picture = new LayerPicture();
  /** @type {WallModel | null} */ #model = null;
  /** @type {AbortController | null} */ #listening = null;

  connectedCallback() {
    this.append(this.#picture);
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    document.addEventListener('themechange', () => this.#show(), { signal });
    this.#picture.addEventListener('point', (event) => this.#tell('kernel', event), { signal });
    this.#picture.addEventListener('choose', (event) => this.#tell('filter', event), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#listening?.abort();
  }

  /** What a screen reader says of the picture. @param {string} text */
  set label(text) {
    this.#picture.setAttribute('aria-label', text);
  }

  get model() {
    return this.#model;
  }

  /** @param {WallModel | null} model */
  set model(model) {
    const isNew = model?.weight !== this.#model?.weight || model?.limit !== this.#model?.limit;
    this.#model = model;
    if (isNew) this.#show();
  }

  #show() {
    if (!this.#model || !this.isConnected) return;
    const { weight, limit } = this.#model;
    const [filters, inputs, rows, columns] = weight.shape;
    const scale = window.devicePixelRatio;
    const cell = Math.max(1, Math.round((inputs > 8 ? 3 : 6) * scale));
    const gap = Math.max(1, Math.round(scale));
    const isLine = inputs === 1;
    const gridColumns = isLine ? 8 : inputs;
    const gridRows = isLine ? Math.ceil(filters / 8) : filters;
    const [cellWidth, cellHeight] = [columns * cell, rows * cell];
    const count = filters * inputs;
    const block = {
      name: 'kernels',
      kind: /** @type {const} */ ('maps'),
      count,
      gridRows,
      gridColumns,
      cellWidth,
      cellHeight,
      gap,
      width: gridColumns * (cellWidth + gap) - gap,
      height: gridRows * (cellHeight + gap) - gap,
    };
    const tensor = { shape: [count, rows, columns], data: weight.data };
    this.#picture.place(block, scale);
    this.#picture.paint(tensor, {
      table: theme().weight,
      limits: new Float32Array(count).fill(limit),
    });
  }

  /**
   * @param {'kernel' | 'filter'} type
   * @param {Event} event
   */
  #tell(type, event) {
    const cell = /** @type {CustomEvent} */ (event).detail;
    const inputs = this.#model?.weight.shape[1] ?? 1;
    const kernel = cell && {
      filter: Math.floor(cell.channel / inputs),
      input: cell.channel % inputs,
    };
    const detail = type === 'kernel' ? kernel : kernel.filter;
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('kernel-wall', KernelWall);
