import { BRUSH_SIZES, SIDE, toPoint } from '../core/drawing/strokes.js';
import { ARROWS } from './canvas_element.js';
import { FIELDS, isMeantFor } from './instrument.js';

/** Units a key press moves the cross, without and with Shift. */
const STEP = 4;
const LARGE_STEP = 20;

export const KEYS_HINT =
  'Draw with the pointer, or with the keys: arrow keys move the cross, with Shift in larger steps. ' +
  'Space puts the pen down and lifts it. B takes the brush, E the eraser, brackets change the size. ' +
  'Delete clears. Control Z undoes, Control Y redoes.';

/**
 * @import {Point, Tool} from '../core/drawing/strokes.js'
 * @import {DrawingSurface, Stroke} from './drawing_surface.js'
 */

/** Draws with the keyboard: a cross that the arrow keys move, and a pen that Space puts down. */
export class PenKeys {
  x = SIDE / 2;
  y = SIDE / 2;
  isDown = false;
  #surface;

  /** @type {Record<string, (() => string) | undefined>} */
  #commands = {
    ' ': () => (this.isDown ? this.lift() : this.#putDown()),
    e: () => this.#take('eraser', 'Eraser.'),
    b: () => this.#take('pen', 'Brush.'),
    '[': () => this.#resize(-1),
    ']': () => this.#resize(1),
    Delete: () => this.#clear(),
    Backspace: () => this.#clear(),
  };

  /** @param {DrawingSurface} surface  what tells of it */
  constructor(surface) {
    this.#surface = surface;
  }

  /**
   * Does what a key means here.
   * @param {KeyboardEvent} event
   * @returns {string | null} what to say about it; null where the key means nothing
   */
  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return null;
    const arrow = ARROWS[event.key];
    if (arrow) return this.#move(arrow, event);
    if (event.key === 'Escape') return this.isDown ? this.lift() : null;
    const command = this.#commands[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    return command && !event.repeat ? command() : null;
  }

  /** Lifts the pen, where it is down. */
  lift() {
    if (!this.isDown) return '';
    this.isDown = false;
    this.#stroke('end', performance.now());
    return 'Pen up.';
  }

  /** @param {readonly [number, number]} arrow @param {KeyboardEvent} event */
  #move([dx, dy], event) {
    const step = event.shiftKey ? LARGE_STEP : STEP;
    this.x = Math.min(SIDE, Math.max(0, this.x + dx * step));
    this.y = Math.min(SIDE, Math.max(0, this.y + dy * step));
    if (this.isDown) this.#stroke('extend', event.timeStamp, [toPoint(this.x, this.y)]);
    return `${this.x}, ${this.y}`;
  }

  #putDown() {
    this.isDown = true;
    this.#stroke('begin', performance.now(), [toPoint(this.x, this.y)]);
    return `${this.#surface.model?.brush.tool === 'pen' ? 'Pen' : 'Eraser'} down at ${this.x}, ${this.y}.`;
  }

  /** @param {Tool} tool @param {string} said */
  #take(tool, said) {
    this.lift();
    this.#surface.tell('brush', { tool });
    return said;
  }

  #clear() {
    this.lift();
    this.#surface.tell('clear', performance.now());
    return 'Cleared. Control Z brings it back.';
  }

  /** @param {number} by */
  #resize(by) {
    const now = this.#surface.model?.brush.size;
    const index = BRUSH_SIZES.findIndex((size) => size === now) + by;
    const size = BRUSH_SIZES[Math.min(BRUSH_SIZES.length - 1, Math.max(0, index))];
    this.#surface.tell('brush', { size });
    return `Size ${size}.`;
  }

  /** @param {Stroke['phase']} phase @param {number} at @param {Point[]} [points] */
  #stroke(phase, at, points) {
    this.#surface.tell('stroke', { phase, at, points });
  }
}

/**
 * Undo and redo by the keys every program has for them, anywhere on the page but in a text.
 * @param {DrawingSurface} surface  what tells of it
 * @param {KeyboardEvent} event
 * @returns {string | null} what to say about it
 */
export function pressHistory(surface, event) {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y'))
    return null;
  if (event.target instanceof Element && event.target.closest(FIELDS)) return null;
  if (!isMeantFor(surface, event.target)) return null;
  const isRedo = key === 'y' || event.shiftKey;
  surface.tell(isRedo ? 'redo' : 'undo', event.timeStamp);
  return isRedo ? 'Redone.' : 'Undone.';
}
