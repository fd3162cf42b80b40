import { effect } from '@preact/signals-core';

import { Ink } from '../core/drawing/ink.js';
import { paintInk } from '../render/strokes.js';
import { theme } from '../render/theme.js';
import { brush, drawing } from '../state/network/drawing.js';
import { PenPointer } from './pen_pointer.js';
import { SurfaceMarks } from './surface_marks.js';

/**
 * @typedef {import('../state/network/drawing.js').Drawing} Drawing
 * @typedef {import('./surface_marks.js').Box} Box
 */

/** Pixels a side beyond which a sharper picture cannot be seen. */
const LARGEST_SIDE = 960;
const HINT_ID = 'drawing-surface-keys';

/**
 * What is on the paper, in words.
 * @param {Drawing} drawing
 */
function describe({ base, strokes }) {
  const under = base?.kind === 'sample' ? `sample ${base.label ?? base.name}` : base && 'an image';
  const count = strokes.length > 0 && `${strokes.length} stroke${strokes.length > 1 ? 's' : ''}`;
  return `Drawing surface: ${[under, count].filter(Boolean).join(', ') || 'empty'}`;
}

/**
 * The paper: shows the drawing and draws on it by pointer and by keyboard. Square, as wide as its
 * container. Its property `box` outlines a part of the paper, such as a receptive field.
 */
export class DrawingSurface extends HTMLElement {
  #canvas = document.createElement('canvas');
  #context = this.#canvas.getContext('2d');
  #marks = new SurfaceMarks();
  #hint = document.createElement('p');
  #live = document.createElement('p');
  /** @type {import('./pen_keys.js').PenKeys | null} */ #keys = null;
  #ink = new Ink(1);
  #image = new ImageData(1, 1);
  /** @type {AbortController | null} */ #living = null;
  /** @type {Box | null} */ #box = null;
  #isQueued = false;

  connectedCallback() {
    this.#furnish();
    this.#living = new AbortController();
    const { signal } = this.#living;
    this.#listen(signal);
    const resizes = new ResizeObserver(() => this.#resize());
    resizes.observe(this);
    const endShowing = effect(() => this.#showSoon(drawing.value));
    const endBrush = effect(() => {
      this.#marks.sizeRing(brush.value.size);
      this.classList.toggle('is-erasing', brush.value.tool === 'eraser');
    });
    signal.addEventListener('abort', () => {
      resizes.disconnect();
      endShowing();
      endBrush();
    });
  }

  disconnectedCallback() {
    this.#keys?.lift();
    this.#living?.abort();
  }

  get box() {
    return this.#box;
  }

  /** @param {Box | null} box */
  set box(box) {
    this.#box = box;
    this.#marks.showBox(box);
  }

  #furnish() {
    this.tabIndex = 0;
    this.setAttribute('role', 'application');
    this.setAttribute('aria-describedby', HINT_ID);
    if (this.firstChild) return;
    this.#hint.id = HINT_ID;
    this.#hint.className = 'visually-hidden';
    this.#live.className = 'visually-hidden';
    this.#live.setAttribute('aria-live', 'polite');
    this.append(this.#canvas, ...this.#marks.elements, this.#hint, this.#live);
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const pointer = new PenPointer(this, this.#canvas, signal);
    const hover = (/** @type {PointerEvent} */ event) => {
      this.classList.toggle('has-ring', event.pointerType !== 'touch');
      this.classList.toggle('is-drawing', pointer.isDrawing);
      this.#marks.moveRing(...pointer.toPaper(event));
    };
    this.addEventListener('pointermove', hover, { signal });
    this.addEventListener('pointerdown', hover, { signal });
    this.addEventListener('pointerup', hover, { signal });
    this.addEventListener('pointerleave', () => this.classList.remove('has-ring'), { signal });
    document.addEventListener('themechange', () => this.#paintAll(), { signal });
  }

  /**
   * Lets the keyboard draw too, from now on.
   * @param {typeof import('./pen_keys.js')} module  fetched behind the first picture
   */
  learnKeys({ PenKeys, KEYS_HINT, pressHistory }) {
    const signal = this.#living?.signal;
    if (!signal || this.#keys) return;
    const keys = new PenKeys();
    this.#keys = keys;
    this.#hint.textContent = KEYS_HINT;
    const lift = () => this.#say(keys.lift());
    this.addEventListener('pointerdown', lift, { signal, capture: true });
    this.addEventListener('blur', lift, { signal });
    this.addEventListener('keydown', (event) => this.#answer(event, keys.press(event)), { signal });
    document.addEventListener('keydown', (event) => this.#answer(event, pressHistory(event)), {
      signal,
    });
    this.#marks.showCross(keys);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string | null} said  null where the key means nothing
   */
  #answer(event, said) {
    if (said === null) return;
    event.preventDefault();
    this.#say(said);
  }

  /** @param {string} text */
  #say(text) {
    this.#live.textContent = text;
    if (this.#keys) this.#marks.showCross(this.#keys);
  }

  #resize() {
    const side = Math.min(LARGEST_SIDE, Math.round(this.#canvas.clientWidth * devicePixelRatio));
    if (side < 1 || side === this.#ink.side) return;
    this.#canvas.width = side;
    this.#canvas.height = side;
    this.#ink = new Ink(side);
    this.#image = new ImageData(side, side);
    this.#ink.update(drawing.value);
    this.#paintAll();
  }

  /**
   * Shows the newest drawing in the next frame: a mouse may report a thousand movements a second.
   * @param {Drawing} now
   */
  #showSoon(now) {
    this.classList.toggle('is-empty', !now.base && now.strokes.length === 0);
    if (this.#isQueued) return;
    this.#isQueued = true;
    requestAnimationFrame(() => {
      this.#isQueued = false;
      this.#show(drawing.peek());
    });
  }

  /** @param {Drawing} now */
  #show(now) {
    const area = this.#ink.update(now);
    if (area && this.#context) paintInk(this.#context, this.#image, this.#ink, theme().input, area);
    this.setAttribute('aria-label', describe(now));
  }

  #paintAll() {
    const { side } = this.#ink;
    const all = { left: 0, top: 0, right: side, bottom: side };
    if (this.#context) paintInk(this.#context, this.#image, this.#ink, theme().input, all);
  }
}

customElements.define('drawing-surface', DrawingSurface);
