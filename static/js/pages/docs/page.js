import { serverAddress } from '../../api/root.js';
import { showDevice } from '../common/device.js';
import { startThemeButton } from '../common/theme.js';

/** @typedef {(options: Record<string, unknown>) => unknown} SwaggerUI */

const DARK = matchMedia('(prefers-color-scheme: dark)');

/** Swagger UI has a dark look of its own, behind a class of the root element. */
function followTheme() {
  const root = document.documentElement;
  const { theme } = root.dataset;
  root.classList.toggle('dark-mode', theme ? theme === 'dark' : DARK.matches);
}

/** Draws every operation of the API, from the description the server gives of itself. */
function showOperations() {
  const swagger = /** @type {SwaggerUI} */ (Reflect.get(window, 'SwaggerUIBundle'));
  swagger({
    url: `${serverAddress()}/openapi.json`,
    domNode: document.getElementById('operations'),
    deepLinking: false, // a link inside each button would be two controls in one
    defaultModelsExpandDepth: -1,
    docExpansion: 'list',
    syntaxHighlight: { activated: false },
    tryItOutEnabled: true,
    validatorUrl: null,
  });
}

/** Gives what Swagger UI draws without a name one, and its scrolling examples a tab stop. */
function nameControls() {
  for (const control of document.querySelectorAll('#operations :is(select, textarea, input)')) {
    const row = /** @type {HTMLElement | null} */ (control.closest('[data-param-name]'));
    if (!control.ariaLabel) control.ariaLabel = row?.dataset.paramName ?? 'Request body';
  }
  for (const block of document.querySelectorAll('#operations pre')) {
    if (block instanceof HTMLElement) block.tabIndex = 0;
  }
}

startThemeButton();
void showDevice();
followTheme();
DARK.addEventListener('change', followTheme);
new MutationObserver(followTheme).observe(document.documentElement, {
  attributeFilter: ['data-theme'],
});
new MutationObserver(nameControls).observe(document.body, { childList: true, subtree: true });
showOperations();
