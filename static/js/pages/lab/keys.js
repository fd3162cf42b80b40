import { redo, undo } from '../../state/lab/actions.js';
import { openTab } from '../../state/lab/panel.js';
import { pasteInput } from '../../state/lab/paste.js';

/** Fields of text, which undo by themselves. */
const WRITING = 'textarea, [contenteditable]';
/** Fields that keep what is pasted. */
const FIELDS =
  'textarea, input:not([type=radio], [type=checkbox], [type=range]), [contenteditable]';

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { target, key, shiftKey } = event;
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
  if (target instanceof Element && target.matches(WRITING)) return;
  const letter = key.toLowerCase();
  if (letter !== 'z' && letter !== 'y') return;
  event.preventDefault();
  // A number that is being typed counts before it is taken back.
  if (target instanceof HTMLInputElement && target.type === 'number') {
    target.dispatchEvent(new Event('change'));
  }
  if (letter === 'y' || shiftKey) redo();
  else undo();
}

/** Numbers pasted onto the page become the input. @param {ClipboardEvent} event */
function onPaste(event) {
  const { target, clipboardData } = event;
  if (event.defaultPrevented || (target instanceof Element && target.closest(FIELDS))) return;
  if (!clipboardData || clipboardData.files.length > 0) return;
  const text = clipboardData.getData('text/plain');
  if (text.trim() === '') return;
  event.preventDefault();
  openTab('cells');
  pasteInput(text);
}

/** The keys of the whole page: undo, redo, paste. */
export function startLabKeys() {
  addEventListener('keydown', onKey);
  document.addEventListener('paste', onPaste);
}
