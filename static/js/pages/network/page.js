import { effect } from '@preact/signals-core';

import { wiringOf } from '../../core/layers/wiring.js';
import { startInference } from '../../state/network/inference.js';
import { createNetwork } from '../../state/network/network.js';
import { showNetwork } from '../../state/network/outline.js';
import { getSample } from '../../state/samples.js';
import { startThemeButton } from '../common/theme.js';
import { createLate, loadLate } from './late.js';
import { startPanel } from './panel.js';
import { startStage } from './stage.js';

/** The digit that stands there when the page is opened without a drawing. */
const EXAMPLE = 'digit-7-0';

/** What is measured: from the pointer event to the painted picture. */
const MEASURE = 'pen-to-picture';

const network = createNetwork();
const late = createLate();
const { signals, actions } = network;

/** @param {string} id */
function hostElement(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element #${id}`);
  return element;
}

/** Fetches the weights that what is open needs; the kernels as soon as the first picture stands. */
function fetchWeights() {
  const [now, answer] = [signals.view.value, signals.forward.value];
  if (!answer) return;
  if (now.kind !== 'overview') void actions.ensureWeights(now.layer);
  if (!answer.isExact) return;
  for (const layer of signals.outline.value?.layers ?? []) {
    if (wiringOf(layer).hasKernels) void actions.ensureWeights(layer.name);
  }
}

/**
 * Fetches the tray's digits and what shows the details, as soon as the first picture stands.
 * @param {string} text  what was read of the address
 */
function fetchTheRest(text) {
  const begun = { text, network: signals.network.value, view: signals.view.value };
  let isAsked = false;
  effect(() => {
    const isWanted = signals.forward.value?.isExact || signals.view.value.kind !== 'overview';
    if (isAsked || !isWanted) return;
    isAsked = true;
    void actions.moreSamples();
    const start = (/** @type {import('./late.js').Loaded} */ { page, detail }) =>
      page.startLate(network, detail, hostElement('label'), begun);
    loadLate(late, network).then(start).catch(actions.fail);
  });
}

/** Names the network in the header, with what it can do. */
function nameNetwork() {
  const host = hostElement('network-name');
  effect(() => {
    host.textContent = String(network.read('headline') ?? '');
    host.hidden = !host.textContent;
  });
}

/** The digit of a first visit; without it the paper is empty, and drawing works all the same. */
function exampleDigit() {
  return getSample(EXAMPLE).catch((/** @type {unknown} */ error) => {
    actions.fail(error);
    return null;
  });
}

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

/** Shows what the address says: of most nothing, and then what reads it is not fetched. @param {string} text */
async function readAddress(text) {
  if (!text) return Promise.all([exampleDigit(), showNetwork(signals, signals.network.value)]);
  const { hasDrawing, readState } = await import('../../state/network/text.js');
  return Promise.all([hasDrawing(text) ? null : exampleDigit(), readState(network, text)]);
}

async function start() {
  startThemeButton();
  startPanel(network, late, hostElement('panel'));
  nameNetwork();
  startStage(network, late, hostElement('stage'));
  const text = location.hash.slice(1);
  const [example] = await readAddress(text);
  if (example) actions.showExample(example);
  signals.arrived.value = signals.changed.value;
  startInference(signals, painted);
  effect(fetchWeights);
  fetchTheRest(text);
}

start().catch(actions.fail);
