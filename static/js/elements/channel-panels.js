import { drawPanels, panelAt, panelLayout } from '../render/panels.js';
import { theme } from '../render/theme.js';

/** @typedef {import('../render/panels.js').PanelsModel} PanelsModel */

/**
 * One panel an input channel: the map with its window, the kernel, the partial map. Events:
 * `point` (detail {input, row, column} or null, the cell of the partial map under the pointer or
 * only its channel) and `choose` (detail {input}).
 */
export class ChannelPanels extends HTMLElement {
  #canvas = document.createElement('canvas');
  /** @type {PanelsModel | null} */ #model = null;
  /** @type {ReturnType<typeof panelLayout> | null} */ #layout = null;
  /** @type {AbortController | null} */ #listening = null;
  /** @type {ResizeObserver | null} */ #watcher = null;
  #isQueued = false;

  connectedCallback() {
    this.append(this.#canvas);
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    document.addEventListener('themechange', () => this.#draw(), { signal });
    this.addEventListener('pointermove', (event) => this.#tell('point', event), { signal });
    this.addEventListener('pointerleave', () => this.#say('point', null), { signal });
    this.addEventListener('click', (event) => this.#tell('choose', event), { signal });
    this.#watcher = new ResizeObserver(() => this.#draw());
    this.#watcher.observe(this);
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#watcher?.disconnect();
  }

  get model() {
    return this.#model;
  }

  /** @param {PanelsModel | null} model */
  set model(model) {
    this.#model = model;
    if (this.#isQueued) return;
    this.#isQueued = true;
    requestAnimationFrame(() => {
      this.#isQueued = false;
      this.#draw();
    });
  }

  #draw() {
    const context = this.#canvas.getContext('2d');
    if (!this.#model || !this.isConnected || !context || this.clientWidth === 0) return;
    const scale = window.devicePixelRatio;
    const layout = panelLayout(this.#model, this.clientWidth, scale);
    this.#layout = layout;
    this.#canvas.width = layout.width;
    this.#canvas.height = layout.height;
    this.#canvas.style.width = `${layout.width / scale}px`;
    this.#canvas.style.height = `${layout.height / scale}px`;
    drawPanels(context, this.#model, layout, theme());
  }

  /**
   * @param {'point' | 'choose'} type
   * @param {MouseEvent} event
   */
  #tell(type, event) {
    if (!this.#model || !this.#layout) return;
    const box = this.#canvas.getBoundingClientRect();
    const scale = window.devicePixelRatio;
    const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    const found = panelAt(this.#model, this.#layout, x, y);
    if (type === 'point' || found) this.#say(type, found);
  }

  /**
   * @param {'point' | 'choose'} type
   * @param {ReturnType<typeof panelAt>} detail
   */
  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('channel-panels', ChannelPanels);
