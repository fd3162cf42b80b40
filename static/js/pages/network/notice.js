import { render } from 'lit-html';

import { unreadSentence } from '../../core/link_words.js';
import { linkNotice } from '../../views/link_notice.js';

/**
 * @import {NetworkInstance} from './instance.js'
 * @import {Network} from '../../state/network/network.js'
 */

/** What is open, by its name. @param {Network} network */
function openName({ signals: { view } }) {
  const now = view.peek();
  if (now.kind === 'overview') return 'the whole network';
  if (now.kind === 'why') return 'why it decides so';
  return now.kind === 'layer' ? now.layer : `${now.layer} · map ${now.channel}`;
}

/** What is on the paper, by its name. @param {Network} network */
function paperName({ signals: { drawing } }) {
  const { base } = drawing.peek();
  return base?.kind === 'sample' && base.isExample
    ? `the sample ${base.label}`
    : 'what was on the paper';
}

/** Fades what is no longer what is drawn, until it is again. @param {NetworkInstance} instance */
export function startFading(instance) {
  const { isOutdated } = instance.network.signals;
  instance.effect(() => void instance.host.classList.toggle('is-outdated', isOutdated.value));
}

/** Says above it what of a link could not be read, until it is closed or another is. @param {NetworkInstance} instance */
export function startNotice(instance) {
  const { network } = instance;
  const { outline, unread } = network.signals;
  const place = document.createElement('div');
  instance.host.before(place);
  instance.atEnd(() => place.remove());
  const close = () => (unread.value = []);
  instance.effect(() => {
    const title = outline.value?.title ?? '';
    const present = { title, open: openName(network), paper: paperName(network) };
    render(linkNotice(unreadSentence(unread.value, present), close), place);
  });
}
