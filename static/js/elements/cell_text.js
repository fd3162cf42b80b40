// What is typed and pasted into a cell of numbers, and where the cells stand.

import { doubtOf, isDoubtful } from '../core/input/paste_commas.js';
import { typedNumber } from '../core/input/typed_number.js';

/**
 * Whether an arrow key leaves the cell: the caret stands at that end, or all is selected.
 * @param {EventTarget | null} target
 * @param {number} right  1 or −1
 */
export function isAtEnd(target, right) {
  if (!(target instanceof HTMLInputElement)) return true;
  const { selectionStart: start, selectionEnd: end, value } = target;
  if (start === 0 && end === value.length) return true;
  return start === end && start === (right > 0 ? value.length : 0);
}

/** Whether a pasted text holds several numbers, a matrix. @param {string} text */
export const isSheet = (text) => /[\t\n;[]|\S\s+\S/.test(text.trim());

/** Whether a text may yet become a number: a lone sign, a lone point. @param {string} text */
export const isBeginning = (text) => /^\s*[-+−]?[.,]?\s*$/.test(text);

/** Tells that a text is no number, until it is taken back. */
export class Refusal {
  #isTold = false;
  #tell;

  /** @param {(sentence: string) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  /** @param {string} text */
  tell(text) {
    this.#isTold = true;
    this.#tell(refusalOf(text));
  }

  takeBack() {
    if (this.#isTold) this.#tell('');
    this.#isTold = false;
  }
}

/** @param {string} text */
function refusalOf(text) {
  if (isDoubtful(text.trim())) return doubtOf(text.trim());
  return `“${text.trim().slice(0, 12)}” is no number; the cell keeps the one it had.`;
}

/**
 * Whether a text being edited says another number than the cell has by now.
 * @param {string} text
 * @param {number} value
 */
export function isOutdated(text, value) {
  const typed = typedNumber(text);
  return typed !== null && Math.abs(typed - value) > 1e-9 * Math.max(1, Math.abs(value));
}

/**
 * Puts a cell where it is read in its turn: row by row, so mostly at the end.
 * @param {Element} sheet
 * @param {Element} cell
 * @param {(cell: Element) => import('./cell_editing.js').Place | null} placeOf
 */
export function insertInOrder(sheet, cell, placeOf) {
  const rankOf = (/** @type {Element} */ one) => {
    const { row, column } = placeOf(one) ?? { row: -1, column: -1 };
    return row * 1e6 + column;
  };
  const rank = rankOf(cell);
  let before = sheet.lastElementChild;
  while (before && rankOf(before) > rank) before = before.previousElementSibling;
  sheet.insertBefore(cell, before ? before.nextSibling : sheet.firstChild);
}
