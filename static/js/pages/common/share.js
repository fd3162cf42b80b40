import { addressOf } from '../../state/bind_address.js';
import { createCopying } from './clipboard.js';

const ICONS = { rest: 'link', copied: 'check', 'not copied': 'x' };

/**
 * Brings the header's button to life that copies the address of what is shown, and says so.
 * @param {() => string} text  what stands behind the # of it
 */
export function startShare(text) {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector('[data-share]'));
  const name = button?.querySelector('[data-share-name]');
  if (!button || !name) return;
  const names = {
    rest: name.textContent,
    copied: 'Link copied',
    'not copied': 'Copy the address above',
  };
  const copy = createCopying((how) => {
    name.textContent = names[how];
    const sprite = document.documentElement.dataset.icons;
    button.querySelector('use')?.setAttribute('href', `${sprite}#${ICONS[how]}`);
  });
  button.addEventListener('click', () => copy(new URL(addressOf(text()), location.href).href));
  button.disabled = false;
}
