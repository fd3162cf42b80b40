import { SIDE, toPoint } from '../core/drawing/strokes.js';

/** The bit of `buttons` that the eraser end of a pen sets. Source: Pointer Events, level 3. */
const ERASER_BUTTON = 32;

/** Tells of strokes by mouse, finger or pen. One pointer draws at a time; a second finger is left alone. */
export class PenPointer {
  #surface;
  #paper;
  /** @type {DOMRect | null} */ #rect = null;
  /** @type {number | null} */ #pointer = null;

  /**
   * @param {import('./drawing_surface.js').DrawingSurface} surface  what hears the pointer
   * @param {HTMLElement} paper  what the drawing covers
   * @param {AbortSignal} signal  ends the listening
   */
  constructor(surface, paper, signal) {
    this.#surface = surface;
    this.#paper = paper;
    surface.addEventListener('pointerdown', (event) => this.#down(event), { signal });
    // A raw update comes as soon as the pen moves; a move waits for the next frame.
    const moves = 'onpointerrawupdate' in surface ? 'pointerrawupdate' : 'pointermove';
    const onMove = (/** @type {Event} */ event) => this.#move(/** @type {PointerEvent} */ (event));
    surface.addEventListener(moves, onMove, { signal });
    surface.addEventListener('pointerup', (event) => this.#up(event), { signal });
    surface.addEventListener('pointercancel', (event) => this.#cancel(event), { signal });
    // Whatever ended the capture, the next pointer can draw.
    surface.addEventListener('lostpointercapture', () => this.#end(), { signal });
    surface.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
  }

  get isDrawing() {
    return this.#pointer !== null;
  }

  /** Where a pointer is, in units of the paper. @param {PointerEvent} event @returns {[x: number, y: number]} */
  toPaper(event) {
    // During a stroke the paper does not move; asking for its place would cost a layout each time.
    const rect = this.#rect ?? this.#paper.getBoundingClientRect();
    const x = (event.clientX - rect.left) / rect.width;
    return [SIDE * x, (SIDE * (event.clientY - rect.top)) / rect.height];
  }

  /** @param {PointerEvent} event */
  #point(event) {
    // Only a pen measures pressure; a mouse reports a half and touch screens report what they like.
    const hasPressure = event.pointerType === 'pen' && event.pressure > 0;
    const [x, y] = this.toPaper(event);
    return toPoint(x, y, hasPressure ? event.pressure : 0.5);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const isEraserEnd = (event.buttons & ERASER_BUTTON) !== 0;
    if (this.isDrawing || !(event.button === 0 || isEraserEnd)) return;
    this.#pointer = event.pointerId;
    this.#rect = this.#paper.getBoundingClientRect();
    this.#surface.setPointerCapture(event.pointerId);
    const tool = isEraserEnd ? { tool: /** @type {const} */ ('eraser') } : {};
    this.#tell({ phase: 'begin', points: [this.#point(event)], at: event.timeStamp, ...tool });
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerId !== this.#pointer) return;
    // One event a frame carries all that the device reported meanwhile, where the browser tells.
    const finer = event.getCoalescedEvents?.() ?? [];
    const events = finer.length > 0 ? finer : [event];
    const points = events.map((each) => this.#point(each));
    this.#tell({ phase: 'extend', points, at: event.timeStamp });
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (event.pointerId !== this.#pointer) return;
    this.#tell({ phase: 'extend', points: [this.#point(event)], at: event.timeStamp });
    this.#end();
  }

  /** @param {PointerEvent} event */
  #cancel(event) {
    if (event.pointerId !== this.#pointer) return;
    this.#tell({ phase: 'cancel', at: event.timeStamp });
    this.#end();
  }

  #end() {
    if (!this.isDrawing) return;
    this.#tell({ phase: 'end', at: performance.now() });
    this.#pointer = null;
    this.#rect = null;
  }

  /** @param {import('./drawing_surface.js').Stroke} stroke */
  #tell(stroke) {
    this.#surface.tell('stroke', stroke);
  }
}
