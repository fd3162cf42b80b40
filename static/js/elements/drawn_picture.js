import { theme } from '../render/theme.js';

/**
 * A picture drawn by a function, drawn anew with its model and with the colours.
 * @typedef {object} Picture
 * @property {number} width  CSS px
 * @property {number} height  CSS px
 * @property {(context: CanvasRenderingContext2D, colours: import('../render/theme.js').Theme, scale: number) => void} draw
 *   in CSS px; `scale` is device pixels a CSS px
 */

/** Shows a Picture; what it says belongs into its aria-label. */
export class DrawnPicture extends HTMLElement {
  #canvas = document.createElement('canvas');
  /** @type {Picture | null} */ #picture = null;
  /** @type {AbortController | null} */ #listening = null;

  connectedCallback() {
    this.append(this.#canvas);
    this.#listening = new AbortController();
    document.addEventListener('themechange', () => this.#draw(), {
      signal: this.#listening.signal,
    });
    this.#draw();
  }

  disconnectedCallback() {
    this.#listening?.abort();
  }

  get picture() {
    return this.#picture;
  }

  /** @param {Picture | null} picture */
  set picture(picture) {
    this.#picture = picture;
    this.#draw();
  }

  #draw() {
    const context = this.#canvas.getContext('2d');
    if (!this.#picture || !this.isConnected || !context) return;
    const { width, height, draw } = this.#picture;
    const scale = window.devicePixelRatio;
    this.#canvas.width = Math.round(width * scale);
    this.#canvas.height = Math.round(height * scale);
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    draw(context, theme(), scale);
  }
}

customElements.define('drawn-picture', DrawnPicture);
