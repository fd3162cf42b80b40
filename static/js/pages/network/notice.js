import { effect } from '@preact/signals-core';
import { render } from 'lit-html';

import { unreadSentence } from '../../core/link_words.js';
import { linkNotice } from '../../views/link_notice.js';

/** @import {Network} from '../../state/network/network.js' */

/** What is open, by its name. @param {Network} network */
function openName({ signals: { view } }) {
  const now = view.peek();
  if (now.kind === 'overview') return 'the whole network';
  return now.kind === 'layer' ? now.layer : `${now.layer} · map ${now.channel}`;
}

/** What is on the paper, by its name. @param {Network} network */
function paperName({ signals: { drawing } }) {
  const { base } = drawing.peek();
  return base?.kind === 'sample' && base.isExample
    ? `the sample ${base.label}`
    : 'what was on the paper';
}

/** Fades what is no longer what is drawn, until it is again. @param {Network} network */
export function startFading({ signals: { isOutdated } }) {
  effect(() => void document.body.classList.toggle('is-outdated', isOutdated.value));
}

/**
 * Says below the header what of a link could not be read, until it is closed or another is.
 * @param {Network} network
 */
export function startNotice(network) {
  const { outline, unread } = network.signals;
  const host = document.createElement('div');
  document.querySelector('.network-page')?.before(host);
  const close = () => (unread.value = []);
  effect(() => {
    const title = outline.value?.title ?? '';
    const present = { title, open: openName(network), paper: paperName(network) };
    render(linkNotice(unreadSentence(unread.value, present), close), host);
  });
}
