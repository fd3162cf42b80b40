import { themeOf } from '../render/theme.js';

/** @import {Theme} from '../render/theme.js' */

/** @type {Theme | null} */
let current = null;
let isListening = false;

/** @returns {Theme} */
function read() {
  // A custom property computes to its text, light-dark() and all; a real colour property resolves it.
  const probe = document.createElement('span');
  document.body.append(probe);
  const theme = themeOf((name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return theme;
}

/** The theme in force, read from the page's tokens once. */
export function theme() {
  if (!isListening)
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', themeChanged);
  isListening = true;
  current ??= read();
  return current;
}

/** Forgets the colours and tells every drawing (`themechange` on the document) to draw anew. */
export function themeChanged() {
  current = null;
  document.dispatchEvent(new Event('themechange'));
}
