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
 * @param {(how: Copied, what: string) => void} say
 */
export function createCopying(say) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return async (/** @type {string} */ text, what = '') => {
    say((await copyText(text)) ? 'copied' : 'not copied', what);
    clearTimeout(timer);
    timer = setTimeout(() => say('rest', what), SAID_MS);
  };
}

/** What copies one of several texts, and says of the one that is chosen what became of it. */
export class Copying {
  #last = signal({ how: /** @type {Copied} */ ('rest'), what: '' });
  /** Copies a text; `what` it is tells it from the others. */
  copy = createCopying((how, what) => (this.#last.value = { how, what }));

  /** What became of one of them: of another than was copied last, nothing. @param {string} [what] */
  of(what = '') {
    const last = this.#last.value;
    return last.what === what ? last.how : 'rest';
  }
}
