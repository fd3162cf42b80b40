import { html, nothing } from 'lit-html';

import { iconButton } from './button.js';

/**
 * What of a link could not be read, until it is closed; nothing where all could.
 * @param {string} sentence
 * @param {() => void} close
 */
export const linkNotice = (sentence, close) =>
  sentence
    ? html`<div class="banner link-notice" role="alert">
        <p>${sentence}</p>
        ${iconButton('x', { name: 'Close', shape: 'is-quiet', act: close })}
      </div>`
    : nothing;
