import { html, render } from 'lit-html';

import { wiringOf } from '../../core/layers/wiring.js';
import { beInstrument } from '../../elements/instrument.js';
import { startInference } from '../../state/network/inference.js';
import { createNetwork } from '../../state/network/network.js';
import { USUAL } from '../../state/network/store.js';
import { getSample, samplesFor } from '../../state/samples.js';
import { NetworkInstance } from './instance.js';
import { startPanel } from './panel.js';
import { startStage } from './stage.js';

/** What a link says of the network that is shown without it. */
const OF_USUAL = `network=${USUAL}`;

/** What is measured: from the pointer event to the painted picture. */
const MEASURE = 'pen-to-picture';

/**
 * What a network is mounted with. `initial`: what it shows, as the text of a link. `address`: whether the
 * page's address is that of its state. `name`: where its name stands, or the choice of another, if not in it.
 * @typedef {{initial?: string, address?: boolean, name?: HTMLElement}} Options
 */

/** The places of a network in an element without them. */
const frame = html`
  <aside class="sidebar" aria-label="Input">
    <p data-place="name"></p>
    <p class="paper-prediction" data-place="prediction"></p>
    <div class="sidebar-upper" data-place="panel"></div>
    <div class="sidebar-lower" data-place="legend"></div>
  </aside>
  <div class="stage" data-place="main">
    <div data-place="stage"></div>
    <div class="visually-hidden" role="status" aria-live="polite" data-place="status"></div>
  </div>
  <div data-place="label"></div>
`;

/** Fetches the weights that what is open needs; the kernels as soon as the first picture stands. @param {NetworkInstance} instance */
export function fetchWeights({ network: { signals, actions } }) {
  const [now, answer] = [signals.opened.value, signals.forward.value];
  if (!answer) return;
  if ('layer' in now) void actions.ensureWeights(now.layer, 'channel' in now ? now.channel : null);
  // Of a deep network there are too many to fetch what nobody looks at.
  if (!answer.isExact || signals.deep.value) return;
  for (const layer of signals.outline.value?.layers ?? []) {
    if (wiringOf(layer).hasKernels) void actions.ensureWeights(layer.name);
  }
}

/**
 * Fetches the tray's samples and what shows the details, as soon as the first picture stands.
 * @param {NetworkInstance} instance
 * @returns {Promise<import('./instance.js').Loaded>}
 */
const fetchTheRest = (instance) =>
  new Promise((resolve) => {
    const { signals, actions } = instance.network;
    /** The kind of the samples in the tray. */
    let asked = '';
    instance.effect(() => {
      const kind = signals.sampleKind.value;
      const isWanted = signals.forward.value?.isExact || signals.view.value.kind !== 'overview';
      if (asked === kind || !isWanted) return;
      const isFirst = asked === '';
      asked = kind;
      void actions.moreSamples();
      if (isFirst) instance.loadLate().then(resolve).catch(actions.fail);
    });
  });

/** Says of the picture whether its values are exact: what came first, in bytes, is not. @param {NetworkInstance} instance */
function markExact(instance) {
  const isExact = instance.network.signals.forward.value?.isExact ?? false;
  instance.place('stage').toggleAttribute('data-exact', isExact);
}

/** Names the network, with what it can do. @param {NetworkInstance} instance @param {HTMLElement} place */
function nameNetwork({ network }, place) {
  place.textContent = String(network.read('headline') ?? '');
  place.hidden = !place.textContent;
}

/** The sample of a first visit; without it the paper is empty, and drawing works all the same. @param {NetworkInstance} instance */
const exampleOf = ({ network }) =>
  getSample(samplesFor(network.signals.outline.peek()).example).catch(
    (/** @type {unknown} */ error) => {
      network.actions.fail(error);
      return null;
    },
  );

/**
 * Resolves, and marks the moment, once the frame with a new picture has been handed over.
 * @param {number} start  time of the event behind the picture
 * @returns {Promise<void>}
 */
function painted(start) {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        performance.clearMeasures(MEASURE);
        performance.measure(MEASURE, { start, end: performance.now() });
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
  });
}

/** Calls when the next frame is about to be painted. @param {() => void} then */
export const atFrame = (then) => requestAnimationFrame(then);

/** Shows what a link says: of most nothing, and then what reads it is not fetched. @param {NetworkInstance} instance @param {string} text */
async function readLink(instance, text) {
  const { network } = instance;
  const { signals, actions } = network;
  if (!text) return Promise.all([exampleOf(instance), actions.showNetwork(signals.wanted.value)]);
  const { hasDrawing, readState } = await import('../../state/network/text.js');
  await readState(network, text);
  return [hasDrawing(text) ? null : await exampleOf(instance)];
}

/**
 * Shows the first picture, and then all else.
 * @param {NetworkInstance} instance
 * @param {Options} options
 * @param {HTMLElement} name
 */
async function begin(instance, { address = false, initial = '' }, name) {
  const { signals, actions } = instance.network;
  const text = address ? location.hash.slice(1) : initial;
  // Another network than the usual one may take seconds: meanwhile it is named, and another can be chosen.
  if (text.split('&').some((part) => part.startsWith('network=') && part !== OF_USUAL))
    void import('./network_choice.js').then((late) => late.startNetworkChoice(instance, name));
  const [example] = await readLink(instance, text);
  if (example) actions.showExample(example);
  signals.arrived.value = signals.changed.value;
  instance.atEnd(startInference(signals, { painted, atFrame, asked: instance.beginToWait }));
  instance.effect(() => fetchWeights(instance));
  instance.effect(() => markExact(instance));
  const begun = { text, network: signals.network.value, view: signals.view.value };
  const { page, detail } = await fetchTheRest(instance);
  page.startLate(instance, detail, name, address ? begun : null);
  return page;
}

/**
 * Puts a network into an element, independent of every other on the page. `read` gives one of its named
 * readings, and in an effect notices every change of it; `whole` is what came behind the first picture, once
 * it has; `end` takes the network out of service.
 * @param {HTMLElement} host
 * @param {Options} [options]
 */
export function mountNetwork(host, options = {}) {
  const network = createNetwork();
  const instance = new NetworkInstance(host, network);
  if (!host.querySelector('[data-place]')) {
    render(frame, host);
    host.classList.add('network-page', 'is-embedded');
  }
  beInstrument(host, instance.living);
  const name = options.name ?? instance.place('name');
  startPanel(instance);
  instance.effect(() => nameNetwork(instance, name));
  startStage(instance);
  const whole = begin(instance, options, name).catch(network.actions.fail);
  return { ...network, id: instance.id, whole, end: () => instance.end() };
}
