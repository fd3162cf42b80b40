import { theme } from './theme.js';

/** @import {Theme} from '../render/theme.js' */

/** What arrow keys do: columns to the right, rows down. @type {Record<string, readonly [number, number]>} */
export const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** As many device pixels a canvas has along a side at most: of more, a browser draws nothing at all. */
const MOST_PX = 16_384;

/**
 * Gives a canvas a size in CSS px, as sharp as the screen, or as a canvas so large can be.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 * @returns {number} device pixels a CSS px
 */
export function fitCanvas(canvas, width, height) {
  const scale = Math.min(devicePixelRatio, MOST_PX / Math.max(width, height, 1));
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width === across && canvas.height === down) return scale;
  canvas.width = across;
  canvas.height = down;
  canvas.style.setProperty('width', `${width}px`);
  canvas.style.setProperty('height', `${height}px`);
  return scale;
}

/**
 * An element that shows a model in the page's colours: it is painted once after the model, the colours or
 * whatever else it depends on have changed. Its children write `paint`, and `connected` where they listen.
 * @template M
 */
export class PaintedElement extends HTMLElement {
  /** @type {M | null} */ #model = null;
  /** @type {AbortController | null} */ #living = null;
  #isQueued = false;

  connectedCallback() {
    this.#living = new AbortController();
    const { signal } = this.#living;
    document.addEventListener('themechange', () => this.paintSoon(), { signal });
    this.connected(signal);
    this.paintSoon();
  }

  disconnectedCallback() {
    this.#living?.abort();
  }

  get model() {
    return this.#model;
  }

  /** @param {M | null} model  values that are replaced, never changed */
  set model(model) {
    const before = this.#model;
    if (model === before) return;
    this.#model = model;
    this.update(before);
  }

  /** Furnishes the element, now that it is in the page. @param {AbortSignal} _  until it leaves it */
  connected(_) {}

  /** Follows a new model. @param {M | null} _  the former one */
  update(_) {
    this.paintSoon();
  }

  /** Shows the model. @param {Theme} _ */
  paint(_) {}

  /** Paints when all that is being done has been done. */
  paintSoon() {
    if (this.#isQueued) return;
    this.#isQueued = true;
    this.schedule(() => {
      this.#isQueued = false;
      this.paintNow();
    });
  }

  paintNow() {
    if (this.isConnected && this.#model !== null) this.paint(theme());
  }

  /** Still in the present frame: pages render once a frame already. @param {() => void} paint */
  schedule(paint) {
    queueMicrotask(paint);
  }

  /** Paints anew in another size. @param {AbortSignal} signal */
  watchSize(signal) {
    const resizes = new ResizeObserver(() => this.resized());
    resizes.observe(this);
    signal.addEventListener('abort', () => resizes.disconnect());
  }

  resized() {
    this.paintSoon();
  }

  /** Tells what happened. @param {string} type @param {unknown} [detail] */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** A PaintedElement that is one canvas. @template M @extends {PaintedElement<M>} */
export class CanvasElement extends PaintedElement {
  canvas = document.createElement('canvas');
  context = /** @type {CanvasRenderingContext2D} */ (
    this.canvas.getContext('2d', { willReadFrequently: this.isOfPixels })
  );

  /** Whether every pixel comes from the processor: a canvas on the graphics card would only add a copy. */
  get isOfPixels() {
    return false;
  }

  /** @override @param {AbortSignal} _ */
  connected(_) {
    this.append(this.canvas);
  }

  /**
   * Gives the canvas a size, empties it, and lets it be drawn on in CSS px.
   * @param {number} width  CSS px
   * @param {number} height
   * @returns {number} device pixels a CSS px
   */
  fit(width, height) {
    const scale = fitCanvas(this.canvas, width, height);
    this.context.setTransform(scale, 0, 0, scale, 0, 0);
    this.context.clearRect(0, 0, width, height);
    return scale;
  }
}
