import { themeChanged } from '../../elements/theme.js';

/** @typedef {'system' | 'light' | 'dark'} Choice */

/** @type {Record<Choice, {next: Choice, icon: string}>} */
const CHOICES = {
  system: { next: 'light', icon: 'monitor' },
  light: { next: 'dark', icon: 'sun' },
  dark: { next: 'system', icon: 'moon' },
};

/** @returns {Choice} */
function chosen() {
  const value = document.documentElement.dataset.theme;
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** @param {Choice} choice */
function choose(choice) {
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  try {
    localStorage.setItem('theme', choice);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
  themeChanged();
}

/** Brings the header's button for light, dark and system to life. */
export function startThemeButton() {
  const button = /** @type {HTMLButtonElement | null} */ (
    document.querySelector('[data-theme-button]')
  );
  if (!button) return;
  const show = () => {
    const choice = chosen();
    const sprite = document.documentElement.dataset.icons;
    button.querySelector('use')?.setAttribute('href', `${sprite}#${CHOICES[choice].icon}`);
    const name = button.querySelector('[data-theme-name]');
    if (name) name.textContent = choice;
    button.title = `Colours: ${choice}. Press for ${CHOICES[choice].next}.`;
  };
  button.addEventListener('click', () => {
    choose(CHOICES[chosen()].next);
    show();
  });
  button.hidden = false;
  show();
}
