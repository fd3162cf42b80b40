import { FIELDS, isMeantFor } from '../../elements/instrument.js';

/** @import {Actions} from '../../state/lab/lab.js' */

/** Fields of text, which undo by themselves. */
const WRITING = 'textarea, [contenteditable]';

/**
 * Undo and redo. A number that is being typed counts before it is taken back.
 * @param {KeyboardEvent} event
 * @param {Actions} actions
 */
function onKey(event, { undo, redo }) {
  const { target, key, shiftKey } = event;
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
  if (target instanceof Element && target.matches(WRITING)) return;
  const letter = key.toLowerCase();
  if (letter !== 'z' && letter !== 'y') return;
  event.preventDefault();
  if (target instanceof HTMLInputElement && target.type === 'number') {
    target.dispatchEvent(new Event('change'));
  }
  if (letter === 'y' || shiftKey) redo();
  else undo();
}

/** Numbers pasted onto the page become the input. @param {ClipboardEvent} event @param {Actions} actions */
function onPaste(event, { openTab, pasteInput }) {
  const { target, clipboardData } = event;
  if (event.defaultPrevented || (target instanceof Element && target.closest(FIELDS))) return;
  if (!clipboardData || clipboardData.files.length > 0) return;
  const text = clipboardData.getData('text/plain');
  if (text.trim() === '') return;
  event.preventDefault();
  openTab('cells');
  pasteInput(text);
}

/**
 * The keys of a whole Lab: undo, redo, paste.
 * @param {import('./instance.js').LabInstance} instance
 * @param {() => Actions} inHand  of the Lab whose settings are in hand
 */
export function startLabKeys({ host, lab, living }, inHand) {
  const isOurs = (/** @type {Event} */ { target }) => isMeantFor(host, target);
  addEventListener('keydown', (event) => isOurs(event) && onKey(event, inHand()), {
    signal: living,
  });
  document.addEventListener('paste', (event) => isOurs(event) && onPaste(event, lab.actions), {
    signal: living,
  });
}
