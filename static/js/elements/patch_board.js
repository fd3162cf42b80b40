import { drawPatched } from '../render/attribution.js';
import { ARROWS } from './canvas_element.js';
import { PictureBoard } from './picture_board.js';

/** @import {Image, Patch} from '../core/attribution/picture.js' */

/** How much larger or smaller the keys make the patch, pixels of the picture: as much on each side. @type {Record<string, number>} */
const SIZES = { '+': 2, '=': 2, '-': -2 };

/**
 * A picture with a patch that is dragged over it, or moved by arrow keys (with Shift by its side); plus and
 * minus change its size. Event: `patch` (detail what of it changes).
 * @extends {PictureBoard<{image: Image, patch: Patch}>}
 */
export class PatchBoard extends PictureBoard {
  /** From the patch's corner to where it is held, pixels of the picture. @type {{row: number, column: number} | null} */
  #hold = null;

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    super.connected(signal);
    const end = () => (this.#hold = null);
    this.addEventListener('pointerdown', (event) => this.#take(event), { signal });
    this.addEventListener('pointermove', (event) => this.#drag(event), { signal });
    this.addEventListener('pointerup', end, { signal });
    this.addEventListener('pointercancel', end, { signal });
    this.addEventListener('keydown', (event) => this.#press(event), { signal });
  }

  /** @override @param {import('../render/theme.js').Theme} theme */
  paint(theme) {
    if (this.model && this.spread()) drawPatched(this.context, this.model, this.size, theme);
  }

  /** @param {PointerEvent} event */
  #pixel(event) {
    const [, rows, columns] = this.model?.image.shape ?? [0, 0, 0];
    const { x, y } = this.shares(event);
    return { row: y * rows, column: x * columns };
  }

  /** Takes the patch where it is; beside it, it comes to the pointer. @param {PointerEvent} event */
  #take(event) {
    if (!this.model || event.button !== 0) return;
    this.setPointerCapture(event.pointerId);
    const { patch } = this.model;
    const { row, column } = this.#pixel(event);
    const held = { row: row - patch.row, column: column - patch.column };
    const isOnIt = [held.row, held.column].every((at) => at >= 0 && at <= patch.side);
    this.#hold = isOnIt ? held : { row: patch.side / 2, column: patch.side / 2 };
    this.#drag(event);
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (!this.#hold) return;
    const { row, column } = this.#pixel(event);
    this.tell('patch', { row: row - this.#hold.row, column: column - this.#hold.column });
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (!this.model || ctrlKey || metaKey || altKey) return;
    const { row, column, side } = this.model.patch;
    const step = ARROWS[key];
    if (!step && !(key in SIZES)) return;
    event.preventDefault();
    if (!step) return void this.tell('patch', { side: side + SIZES[key] });
    const [right, down] = step.map((one) => one * (shiftKey ? side : 1));
    this.tell('patch', { row: row + down, column: column + right });
  }
}

customElements.define('patch-board', PatchBoard);
