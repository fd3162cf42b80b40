import { effect } from '@preact/signals-core';
import { html, nothing, render } from 'lit-html';

import { unreadSentence } from '../../core/link_words.js';
import { drawing } from '../../state/network/drawing.js';
import { isOutdated, outline, view } from '../../state/network/store.js';
import { unread } from '../../state/network/url_state.js';
import { icon } from '../../views/icon.js';

/** What is open, by its name. */
function openName() {
  const now = view.peek();
  if (now.kind === 'overview') return 'the whole network';
  return now.kind === 'layer' ? now.layer : `${now.layer} · map ${now.channel}`;
}

/** What is on the paper, by its name. */
function paperName() {
  const { base } = drawing.peek();
  return base?.kind === 'sample' && base.isExample
    ? `the sample ${base.label}`
    : 'what was on the paper';
}

/** Fades what is no longer what is drawn, until it is again. */
export function startFading() {
  effect(() => void document.body.classList.toggle('is-outdated', isOutdated.value));
}

/** Says below the header what of a link could not be read, until it is closed or another is. */
export function startNotice() {
  const host = document.createElement('div');
  document.querySelector('.network-page')?.before(host);
  effect(() => {
    const title = outline.value?.title ?? '';
    const sentence = unreadSentence(unread.value, { title, open: openName(), paper: paperName() });
    const close = () => (unread.value = []);
    render(
      sentence
        ? html`<div class="banner link-notice" role="alert">
            <p>${sentence}</p>
            <button class="button is-icon is-quiet" type="button" aria-label="Close" @click=${close}>
              ${icon('x')}
            </button>
          </div>`
        : nothing,
      host,
    );
  });
}
