import { batch, untracked } from '@preact/signals-core';
import { html, render } from 'lit-html';

import { changedClasses } from '../../core/changed_classes.js';
import { counterpartOf } from '../../core/layers/depth.js';
import { unreadOf } from '../../core/link_words.js';
import { beInstrument } from '../../elements/instrument.js';
import { startInference } from '../../state/network/inference.js';
import { createNetwork } from '../../state/network/network.js';
import { showNetwork } from '../../state/network/outline.js';
import { besideHead } from '../../views/beside.js';
import { NetworkInstance } from './instance.js';
import { startKeys } from './keys.js';
import { startLabel } from './label.js';
import { atFrame, fetchWeights } from './mount.js';
import { startFading } from './notice.js';
import { scrollTogether } from './shared_scroll.js';
import { startStage } from './stage.js';

/** @import {Network} from '../../state/network/network.js' */

/** How many classes are compared. */
const LISTED = 5;

/** Of the window's height, for each of the two: both are in sight, and what is said of them between them. */
const SHARE = 0.53;

const frame = html`
  <div class="beside-head" data-place="beside"></div>
  <div class="stage" data-place="main"><div data-place="stage"></div></div>
  <div data-place="label"></div>
`;

/** Lets a network look at what is drawn for another. @param {NetworkInstance} second @param {Network} first */
function mirror(second, { signals: from }) {
  const { signals: to } = second.network;
  second.effect(() => {
    const [drawing, { at }] = [from.drawing.value, from.changed.value];
    const [preparation, mode] = [from.preparation.value, from.rangeMode.value];
    untracked(() =>
      batch(() => {
        if (to.drawing.value !== drawing) to.show(drawing, at);
        to.preparation.value = preparation;
        to.rangeMode.value = mode;
      }),
    );
  });
}

/** Marks, in each of two networks, the layer that lies as deep as the one pointed at in the other. @param {NetworkInstance} one @param {NetworkInstance} other @param {NetworkInstance} owner */
function markCounterpart(one, other, owner) {
  /** @type {Element | null} */
  let marked = null;
  owner.effect(() => {
    const { focus, layers } = one.network.signals;
    const at = focus.value;
    const name = at && counterpartOf(layers.value, at.layer, other.network.signals.layers.value);
    marked?.classList.remove('is-counterpart');
    const place = name ? `.flow-layer[data-name="${CSS.escape(name)}"]` : null;
    marked = place ? other.host.querySelector(`network-flow ${place}`) : null;
    marked?.classList.add('is-counterpart');
  });
}

/** A network and the class that it names. @param {Network} network */
const sideOf = ({ signals: { forward, isBlank, outline } }) => ({
  title: outline.value?.title ?? '',
  says: isBlank.value ? null : (forward.value?.document.prediction?.label ?? null),
});

/** What is said of both. @param {Network} first @param {Network} second */
function headModel(first, second) {
  const shares = [first, second].map(
    ({ signals: { activations, outputLayer } }) => activations.value.get(outputLayer.value)?.data,
  );
  const [before, now] = shares;
  const [layers, others] = [first.signals.layers.value, second.signals.layers.value];
  return {
    first: sideOf(first),
    second: sideOf(second),
    headline: String(second.read('headline') ?? ''),
    classes:
      before && now && before.length === now.length
        ? changedClasses(before, now, second.signals.outline.value?.classes ?? [], LISTED)
        : [],
    pairs: layers.flatMap((layer) => {
      const name = counterpartOf(layers, layer.name, others);
      const other = others.find((each) => each.name === name);
      if (!other) return [];
      const [one, its] = [layer, other].map((of) => ({ name: of.name, shape: of.output_shape }));
      return [/** @type {const} */ ([one, its])];
    }),
  };
}

/** Shows them in each other's place. @param {Network} first @param {Network} second */
async function swap({ signals, actions }, second) {
  const [one, other] = [signals.network.value, second.signals.network.value];
  signals.beside.value = '';
  await actions.showNetwork(other).catch(actions.fail);
  signals.beside.value = one;
}

/**
 * Puts a second network below the first: it looks at the same drawing, and both are scrolled together.
 * @param {NetworkInstance} first
 * @param {string} name
 * @returns {() => void} takes it away
 */
export function mountBeside(first, name) {
  const host = document.createElement('section');
  host.className = 'beside';
  host.setAttribute('aria-label', 'A second network');
  render(frame, host);
  const { network: left } = first;
  const second = new NetworkInstance(host, createNetwork({ name }));
  const { network } = second;
  beInstrument(host, second.living);
  first.place('main').append(host);
  first.host.classList.add('has-beside');
  first.share.value = second.share.value = SHARE;
  const end = () => {
    second.end();
    host.remove();
    first.host.classList.remove('has-beside');
    first.share.value = 1;
  };
  const close = () => void (left.signals.beside.value = '');
  mirror(second, left);
  startStage(second);
  second.render(
    () => headModel(left, network),
    (model) => besideHead(model, { swap: () => void swap(left, network), close }),
    second.place('beside'),
    second.afterPicture,
  );
  /** @returns {Promise<void>} */
  const painted = () => new Promise((done) => requestAnimationFrame(() => done()));
  const start = async () => {
    const unread = unreadOf('beside', name, await showNetwork(network.signals, name));
    if (unread.length > 0) {
      left.signals.unread.value = [...left.signals.unread.value, ...unread];
      return void close();
    }
    if (second.living.aborted) return;
    second.atEnd(startInference(network.signals, { painted, atFrame, asked: second.beginToWait }));
    second.effect(() => fetchWeights(second));
    await second.loadLate();
    if (second.living.aborted) return;
    startLabel(second);
    startKeys(second);
    startFading(second);
    markCounterpart(first, second, second);
    markCounterpart(second, first, second);
    const scrollers = [first, second].flatMap(
      ({ host: of }) => of.querySelector('flow-scroller') ?? [],
    );
    if (scrollers.length === 2) scrollTogether(scrollers, second.living);
  };
  start().catch(network.actions.fail);
  return end;
}
