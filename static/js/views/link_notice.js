import { html, nothing } from 'lit-html';

import { icon } from './icon.js';

/**
 * What of a link could not be read, until it is closed; nothing where all could.
 * @param {string} sentence
 * @param {() => void} close
 */
export const linkNotice = (sentence, close) =>
  sentence
    ? html`<div class="banner link-notice" role="alert">
        <p>${sentence}</p>
        <button class="button is-icon is-quiet" type="button" aria-label="Close" @click=${close}>
          ${icon('x')}
        </button>
      </div>`
    : nothing;
