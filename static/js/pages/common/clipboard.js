import { signal } from '@preact/signals-core';

/** How long it is said what became of it. */
const SAID_MS = 2500;

/**
 * Copies a text, in older ways where the newest is not allowed, as on a page without https.
 * @param {string} text
 * @returns {Promise<boolean>} whether it is on the clipboard
 */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = document.activeElement;
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'visually-hidden';
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand('copy');
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return isCopied;
  }
}

/** @typedef {'rest' | 'copied' | 'not copied'} Copied */

/**
 * Makes what copies texts for a button that says what became of it, and after a while what it is for.
 * @param {(how: Copied, text: string) => void} say
 */
export function createCopying(say) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return async (/** @type {string} */ text) => {
    say((await copyText(text)) ? 'copied' : 'not copied', text);
    clearTimeout(timer);
    timer = setTimeout(() => say('rest', text), SAID_MS);
  };
}

/** What copies a text that may change, and says of the one that stands there what became of it. */
export class Copying {
  #last = signal({ how: /** @type {Copied} */ ('rest'), text: '' });
  copy = createCopying((how, text) => (this.#last.value = { how, text }));

  /** What became of a text: of another one than was copied last, nothing. @param {string | null} text */
  of(text) {
    const last = this.#last.value;
    return last.text === text ? last.how : 'rest';
  }
}
