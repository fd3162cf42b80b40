import { stepped, typedNumber } from '../core/input/typed_number.js';

/**
 * @typedef {{rows: number, columns: number, values: Float64Array, palette: 'input' | 'weight',
 *   limit: number, name: string, marked?: Place | null}} CellsModel  limit: the value of the full
 *   colour; name: what a cell is called before its place
 */

/**
 * Whether two models show the same: values are never changed in place.
 * @param {CellsModel | null} one
 * @param {CellsModel | null} other
 */
export function isSame(one, other) {
  if (!one || !other) return false;
  const names = /** @type {const} */ (['rows', 'columns', 'palette', 'limit', 'name', 'marked']);
  const [now, then] = [one.values, other.values];
  return (
    names.every((name) => one[name] === other[name]) &&
    now.buffer === then.buffer &&
    now.byteOffset === then.byteOffset
  );
}

/**
 * @typedef {{row: number, column: number}} Place
 * @typedef {{row: number, column: number, value: number, phase: 'begin' | 'extend' | 'end'}} Edit
 */

/** What one notch of the wheel, one PageUp or this many pixels of a drag change. */
const STEP = 0.1;
const PX_A_STEP = 4;
/** A drag begins behind this many pixels; before, it is a click. */
const DRAG_FROM_PX = 3;
/** The wheel has come to rest. */
const REST_MS = 500;

/** @param {{shiftKey: boolean, altKey: boolean}} keys */
const stepOf = ({ shiftKey, altKey }) => (shiftKey ? 10 * STEP : altKey ? STEP / 10 : STEP);

/**
 * How the value of one cell is changed: typed, dragged up and down, by the wheel, by PageUp and
 * PageDown. What belongs together (a number being typed, one drag) is one run from `begin` to `end`.
 */
export class CellEditing {
  #read;
  #tell;
  /** @type {(Place & {value: number}) | null} */ #run = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #rest;
  /** @type {{place: Place, from: number, y: number, isMoving: boolean} | null} */ #drag = null;

  /** @param {(place: Place) => number} read  the value a cell has now @param {(edit: Edit) => void} tell */
  constructor(read, tell) {
    this.#read = read;
    this.#tell = tell;
  }

  /** The value of a cell now, the change under way included. @param {Place} place */
  valueAt(place) {
    const run = this.#run;
    const isSame = run?.row === place.row && run.column === place.column;
    return isSame ? run.value : this.#read(place);
  }

  get isDragging() {
    return this.#drag?.isMoving ?? false;
  }

  /** @param {Place} place @param {number} value */
  change(place, value) {
    const isSame = this.#run?.row === place.row && this.#run.column === place.column;
    if (!isSame) this.finish();
    this.#run = { ...place, value };
    this.#tell({ ...this.#run, phase: isSame ? 'extend' : 'begin' });
  }

  /** Ends the run under way, if there is one. */
  finish() {
    clearTimeout(this.#rest);
    const run = this.#run;
    this.#run = null;
    if (run) this.#tell({ ...run, phase: 'end' });
  }

  /** A text as it is being typed; false where it is no number (yet). @param {Place} place @param {string} text */
  type(place, text) {
    const value = typedNumber(text);
    if (value !== null) this.change(place, value);
    return value !== null;
  }

  /**
   * Steps a value, and ends the run once nothing more comes.
   * @param {Place} place
   * @param {number} steps
   * @param {{shiftKey: boolean, altKey: boolean}} keys
   */
  step(place, steps, keys) {
    this.change(place, stepped(this.valueAt(place), steps, stepOf(keys)));
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.finish(), REST_MS);
  }

  /** The pointer went down on a cell. @param {Place} place @param {PointerEvent} event */
  press(place, event) {
    // Under a finger a drag scrolls, and a tap opens the keyboard.
    if (event.pointerType === 'touch' || event.button !== 0) return;
    this.#drag = { place, from: this.#read(place), y: event.clientY, isMoving: false };
  }

  /** @param {PointerEvent} event */
  drag(event) {
    const drag = this.#drag;
    if (!drag) return;
    const up = drag.y - event.clientY;
    if (!drag.isMoving && Math.abs(up) < DRAG_FROM_PX) return;
    drag.isMoving = true;
    this.change(drag.place, stepped(drag.from, Math.round(up / PX_A_STEP), stepOf(event)));
  }

  /** The pointer is up again; true where it had been dragged. */
  release() {
    const wasMoving = this.isDragging;
    this.#drag = null;
    if (wasMoving) this.finish();
    return wasMoving;
  }
}
