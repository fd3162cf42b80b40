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

/**
 * Makes what copies texts for a button that says what became of it, and after a while what it is for.
 * @param {(how: 'rest' | 'copied' | 'not copied') => void} say
 */
export function createCopying(say) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return async (/** @type {string} */ text) => {
    say((await copyText(text)) ? 'copied' : 'not copied');
    clearTimeout(timer);
    timer = setTimeout(() => say('rest'), SAID_MS);
  };
}
