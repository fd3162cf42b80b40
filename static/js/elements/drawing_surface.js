import { Ink } from '../core/drawing/ink.js';
import { paintInk } from '../render/values.js';
import { PaintedElement } from './canvas_element.js';
import { PenPointer } from './pen_pointer.js';
import { SurfaceMarks } from './surface_marks.js';

/**
 * @import {Drawing, Point, Tool} from '../core/drawing/strokes.js'
 * @import {Theme} from '../render/theme.js'
 * @import {Box} from './surface_marks.js'
 * @typedef {{drawing: Drawing, brush: {tool: Tool, size: number}}} SurfaceModel
 * @typedef {{phase: 'begin' | 'extend' | 'end' | 'cancel', points?: Point[], at: number, tool?: Tool}} Stroke
 *   at: the time of the event; tool: another than the brush's
 */

/** Pixels a side beyond which a sharper picture cannot be seen. */
const LARGEST_SIDE = 960;
/** How many papers there have been: each names its own hint. */
let papers = 0;

/** What is on the paper, in words. @param {Drawing} drawing */
function describe({ base, strokes }) {
  const under =
    base?.kind === 'sample'
      ? `sample ${base.label ?? base.name}`
      : base?.kind === 'photo'
        ? `photograph, ${base.title}`
        : base && 'an image';
  const count = strokes.length > 0 && `${strokes.length} stroke${strokes.length > 1 ? 's' : ''}`;
  return `Drawing surface: ${[under, count].filter(Boolean).join(', ') || 'empty'}`;
}

/**
 * The paper: shows the drawing, and tells of what is drawn on it by pointer and by keyboard. Square, as wide
 * as its container. Its property `box` outlines a part of the paper, such as a receptive field. Events:
 * `stroke` (detail a Stroke), `brush` (detail what of it changes), `clear`, `undo` and `redo` (detail the
 * time), each followed by a new model at once.
 * @extends {PaintedElement<SurfaceModel>}
 */
export class DrawingSurface extends PaintedElement {
  #canvas = document.createElement('canvas');
  #context = this.#canvas.getContext('2d');
  #marks = new SurfaceMarks();
  #hint = Object.assign(document.createElement('p'), { id: `pen-keys-${(papers += 1)}` });
  #live = document.createElement('p');
  /** @type {import('./pen_keys.js').PenKeys | null} */ #keys = null;
  #ink = new Ink(1);
  #image = new ImageData(1, 1);
  /** The colours of what is painted. @type {Theme | null} */ #theme = null;
  /** @type {AbortSignal | null} */ #living = null;
  /** @type {Box | null} */ #box = null;

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    this.#living = signal;
    this.#furnish();
    this.#listen(signal);
    this.watchSize(signal);
  }

  /** @override */
  disconnectedCallback() {
    this.#keys?.lift();
    super.disconnectedCallback();
  }

  /** @override @param {SurfaceModel | null} before */
  update(before) {
    if (!this.model) return;
    const { drawing, brush } = this.model;
    if (brush !== before?.brush) {
      this.#marks.sizeRing(brush.size);
      this.classList.toggle('is-erasing', brush.tool === 'eraser');
    }
    if (drawing === before?.drawing) return;
    this.classList.toggle('is-empty', !drawing.base && drawing.strokes.length === 0);
    this.paintSoon();
  }

  /** In the next frame: a mouse may report a thousand movements a second. @override @param {() => void} paint */
  schedule(paint) {
    requestAnimationFrame(paint);
  }

  get box() {
    return this.#box;
  }

  /** @param {Box | null} box */
  set box(box) {
    if (box === this.#box) return;
    this.#box = box;
    this.#marks.showBox(box);
  }

  #furnish() {
    this.tabIndex = 0;
    this.setAttribute('role', 'application');
    this.setAttribute('aria-describedby', this.#hint.id);
    if (this.firstChild) return;
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
      // Nobody sees it while ink is drawn, and a frame in which it moves is laid out anew.
      const isSeen = !pointer.isDrawing || this.classList.contains('is-erasing');
      if (isSeen) this.#marks.moveRing(...pointer.toPaper(event));
    };
    this.addEventListener('pointermove', hover, { signal });
    this.addEventListener('pointerdown', hover, { signal });
    this.addEventListener('pointerup', hover, { signal });
    this.addEventListener('pointerleave', () => this.classList.remove('has-ring'), { signal });
  }

  /**
   * Lets the keyboard draw too, from now on.
   * @param {typeof import('./pen_keys.js')} module  fetched behind the first picture
   */
  learnKeys({ PenKeys, KEYS_HINT, pressHistory }) {
    const signal = this.#living;
    if (!signal || this.#keys) return;
    const keys = new PenKeys(this);
    this.#keys = keys;
    this.#hint.textContent = KEYS_HINT;
    const lift = () => this.#say(keys.lift());
    this.addEventListener('pointerdown', lift, { signal, capture: true });
    this.addEventListener('blur', lift, { signal });
    this.addEventListener('keydown', (event) => this.#answer(event, keys.press(event)), { signal });
    document.addEventListener(
      'keydown',
      (event) => this.#answer(event, pressHistory(this, event)),
      {
        signal,
      },
    );
    this.#marks.showCross(keys);
  }

  /** @param {KeyboardEvent} event @param {string | null} said  null where the key means nothing */
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

  /** @override */
  resized() {
    const side = Math.min(LARGEST_SIDE, Math.round(this.#canvas.clientWidth * devicePixelRatio));
    if (side < 1 || side === this.#ink.side) return;
    this.#canvas.width = side;
    this.#canvas.height = side;
    this.#ink = new Ink(side);
    this.#image = new ImageData(side, side);
    this.#theme = null;
    this.paintNow();
  }

  /** Shows a photograph, with what that is fetched for. @param {CanvasRenderingContext2D} context @param {Drawing} drawing */
  async #paintPhoto(context, drawing) {
    this.#theme = null;
    const { paintPhoto } = await import('../render/photo_paper.js');
    if (this.model?.drawing === drawing) paintPhoto(context, drawing);
  }

  /** @override @param {Theme} theme */
  paint(theme) {
    if (!this.model || !this.#context) return;
    const { drawing } = this.model;
    const label = describe(drawing);
    if (label !== this.getAttribute('aria-label')) this.setAttribute('aria-label', label);
    if (drawing.base?.kind === 'photo') return void this.#paintPhoto(this.#context, drawing);
    const { side } = this.#ink;
    const area = this.#ink.update(drawing);
    const all = { left: 0, top: 0, right: side, bottom: side };
    const changed = theme === this.#theme ? area : all;
    this.#theme = theme;
    if (changed) paintInk(this.#context, this.#image, this.#ink, theme.input, changed);
  }
}

customElements.define('drawing-surface', DrawingSurface);
