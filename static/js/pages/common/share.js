import { addressOf } from '../../state/bind_address.js';
import { copyText } from './clipboard.js';

/** How long the button says what it did. */
const SAID_MS = 2500;

/**
 * Brings the header's button to life that copies the address of what is shown, and says so.
 * @param {() => string} text  what stands behind the # of it
 */
export function startShare(text) {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector('[data-share]'));
  const name = button?.querySelector('[data-share-name]');
  if (!button || !name) return;
  const rest = name.textContent;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const say = (/** @type {string | null} */ text, /** @type {string} */ icon) => {
    name.textContent = text;
    const sprite = document.documentElement.dataset.icons;
    button.querySelector('use')?.setAttribute('href', `${sprite}#${icon}`);
  };
  button.addEventListener('click', async () => {
    const isCopied = await copyText(new URL(addressOf(text()), location.href).href);
    say(isCopied ? 'Link copied' : 'Copy the address above', isCopied ? 'check' : 'x');
    button.focus();
    clearTimeout(timer);
    timer = setTimeout(() => say(rest, 'link'), SAID_MS);
  });
  button.disabled = false;
}
