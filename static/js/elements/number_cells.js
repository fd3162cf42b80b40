import { exactText } from '../core/input/typed_number.js';
import { ARROWS, PaintedElement } from './canvas_element.js';
import { CellEditing, isSame } from './cell_editing.js';
import { CellSheet } from './cell_sheet.js';
import { Refusal, isAtEnd, isBeginning, isSheet } from './cell_text.js';

/**
 * @import {CellsModel, Place} from './cell_editing.js'
 */

/** @type {Record<string, number>} */
const STEPS = { PageUp: 1, PageDown: -1 };

/**
 * A matrix of numbers that are typed, stepped (wheel, PageUp, PageDown) or dragged in their cells;
 * arrow keys go from cell to cell. Events: `edit` (detail an Edit), `refuse` (detail a sentence,
 * empty once all is well again), `sheet` (detail a pasted text of several numbers), `point` (detail
 * a Place or null).
 * @extends {PaintedElement<CellsModel>}
 */
export class NumberCells extends PaintedElement {
  #sheet = new CellSheet(this);
  #refusal = new Refusal((sentence) => this.tell('refuse', sentence));
  #editing = new CellEditing(
    ({ row, column }) => this.model?.values[row * this.model.columns + column] ?? 0,
    (edit) => this.tell('edit', edit),
  );

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    this.addEventListener('scroll', () => this.resized(), { signal, passive: true });
    this.addEventListener('focusin', (event) => this.#enter(event), { signal });
    this.addEventListener('focusout', (event) => this.#leave(event), { signal });
    this.addEventListener('input', (event) => this.#type(event), { signal });
    this.addEventListener('keydown', (event) => this.#key(event), { signal });
    this.addEventListener('paste', (event) => this.#paste(event), { signal });
    this.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false });
    this.addEventListener('pointerover', (event) => this.#point(event), { signal });
    this.addEventListener('pointerleave', () => this.tell('point', null), { signal });
    this.addEventListener('pointerdown', (event) => this.#press(event), { signal });
    // A selected text that is dragged away would end the drag of its value.
    this.addEventListener('dragstart', (event) => event.preventDefault(), { signal });
    addEventListener('pointermove', (event) => this.#editing.drag(event), { signal });
    addEventListener('pointerup', () => this.#release(), { signal });
    addEventListener('pointercancel', () => this.#editing.release(), { signal });
    this.watchSize(signal);
  }

  /** @override */
  disconnectedCallback() {
    this.#editing.finish();
    super.disconnectedCallback();
  }

  /** @override */
  resized() {
    this.#sheet.look();
    this.paintNow();
  }

  /** @override @param {CellsModel | null} before */
  update(before) {
    if (!isSame(before, this.model)) this.paintNow();
  }

  /** @override @param {import('../render/theme.js').Theme} theme */
  paint(theme) {
    if (this.model) this.#sheet.draw(this.model, theme);
  }

  /** @param {Event} event */
  #enter({ target }) {
    const place = this.#sheet.placeOf(target);
    if (!place || !(target instanceof HTMLInputElement)) return;
    this.#sheet.cursor = place;
    this.paintNow();
    target.value = exactText(this.#editing.valueAt(place));
    target.select();
    this.tell('point', place);
  }

  /** @param {Event} event */
  #leave({ target }) {
    this.#editing.finish();
    // What was wrong is still told, though the cell shows its number again.
    if (target instanceof HTMLInputElement) target.ariaInvalid = null;
    this.paintNow();
    this.tell('point', null);
  }

  /** @param {Event} event */
  #type({ target }) {
    const place = this.#sheet.placeOf(target);
    if (!place || !(target instanceof HTMLInputElement)) return;
    const isNumber = this.#editing.type(place, target.value);
    if (isNumber || isBeginning(target.value)) this.#refusal.takeBack();
    else this.#refusal.tell(target.value);
    target.ariaInvalid = isNumber ? null : 'true';
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const place = this.#sheet.placeOf(event.target);
    if (!place) return;
    const isCommand = event.ctrlKey || event.metaKey;
    // Undo and its like act on what is done.
    if (isCommand) this.#editing.finish();
    else if (event.key in STEPS) this.#step(place, STEPS[event.key], event);
    else if (event.key === 'Enter') this.#go(place, [event.shiftKey ? -1 : 1, 0]);
    else if (event.key in ARROWS && !event.altKey) {
      const [right, down] = ARROWS[event.key];
      if (right !== 0 && !isAtEnd(event.target, right)) return;
      this.#go(place, [down, right]);
    } else return;
    if (!isCommand) event.preventDefault();
  }

  /** @param {Place} place @param {[number, number]} by */
  #go({ row, column }, [down, right]) {
    const { rows, columns } = /** @type {CellsModel} */ (this.model);
    const to = (/** @type {number} */ at, /** @type {number} */ count) =>
      Math.max(0, Math.min(count - 1, at));
    this.#editing.finish();
    this.#sheet.focus({ row: to(row + down, rows), column: to(column + right, columns) });
  }

  /** @param {Place} place @param {number} steps @param {KeyboardEvent | WheelEvent} event */
  #step(place, steps, event) {
    this.#refusal.takeBack();
    this.#editing.step(place, steps, event);
    this.#sheet.show(place, this.#editing.valueAt(place));
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    const place = this.#sheet.placeOf(event.target);
    // Only over the cell that has the focus: elsewhere the wheel scrolls.
    if (!place || event.ctrlKey || event.target !== document.activeElement) return;
    event.preventDefault();
    const turn = event.deltaY || event.deltaX; // with shift held, browsers turn the wheel sideways
    if (turn !== 0) this.#step(place, turn < 0 ? 1 : -1, event);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    const place = this.#sheet.placeOf(event.target);
    if (place) this.#editing.press(place, event);
  }

  #release() {
    // A drag selects nothing.
    if (this.#editing.release()) getSelection()?.removeAllRanges();
  }

  /** @param {PointerEvent} event */
  #point(event) {
    const place = this.#sheet.placeOf(event.target);
    if (place && !this.#editing.isDragging) this.tell('point', place);
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    // One number goes into its cell; several are a matrix.
    if (!isSheet(text)) return;
    event.preventDefault();
    // The cell shows the number that it has, not what was being typed.
    this.#editing.finish();
    const place = this.#sheet.placeOf(event.target);
    if (place) this.#sheet.show(place, this.#editing.valueAt(place));
    this.#refusal.takeBack();
    if (event.target instanceof HTMLInputElement) event.target.ariaInvalid = null;
    this.tell('sheet', text);
  }
}

customElements.define('number-cells', NumberCells);
