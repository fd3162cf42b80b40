// What is typed and pasted into a cell of numbers.
//
// isAtEnd(target, right)    whether an arrow key leaves the cell
// isSheet(text)             whether a pasted text is more than one number
// isBeginning(text)         whether it may yet become a number
// refusalOf(text)           what is wrong with it, in a sentence

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

/** @param {string} text */
export function refusalOf(text) {
  return `“${text.trim().slice(0, 12)}” is no number; the cell keeps the one it had.`;
}
