import { effect } from '@preact/signals-core';
import { render } from 'lit-html';

import '../elements/channel-panels.js';
import '../elements/drawing-surface.js';
import '../elements/drawing-surface.js';
import '../elements/drawn-picture.js';
import '../elements/image-drop.js';
import '../elements/image-drop.js';
import '../elements/kernel-wall.js';
import '../elements/layer-maps.js';
import '../elements/layer-picture.js';
import '../elements/math-formula.js';
import '../elements/network-flow.js';
import '../elements/value-grid.js';
import '../elements/value-picture.js';
import '../elements/value-picture.js';
import { count, percent } from '../core/number.js';
import { showExample } from '../state/drawing.js';
import { ensureWeights, loadOutline, startInference } from '../state/inference.js';
import { loadSamples, samples } from '../state/samples.js';
import { failure, forward, outline, view } from '../state/store.js';
import { hasDrawing, readAddress, startAddress } from '../state/url_state.js';
import { startKeys } from './network-keys.js';
import { startMotion } from './network-motion.js';
import { startLabel } from './network-label.js';
import { startPanels } from './network-panels.js';
import { stageTemplate } from './network-stage.js';
import { startThemeButton } from './theme.js';

/** The digit that stands there when the page is opened without a drawing. */
const EXAMPLE = 'digit-7-0';

/** @param {string} id */
function hostElement(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element #${id}`);
  return element;
}

/** Fetches the weights that what is open needs; the kernels as soon as the first picture stands. */
function fetchWeights() {
  const now = view.value;
  if (!forward.value) return;
  if (now.kind !== 'overview') void ensureWeights(now.layer);
  if (!forward.value.isExact) return;
  for (const layer of outline.value?.layers ?? []) {
    if (layer.kind === 'Conv2d') void ensureWeights(layer.name);
  }
}

/** Lets the reader say "7, 99.9 %" once the drawing rests. */
function announce() {
  const host = hostElement('status');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  effect(() => {
    const prediction = forward.value?.document.prediction;
    clearTimeout(timer);
    if (!prediction) return;
    const text = `The network sees ${prediction.label}, ${(100 * prediction.probability).toFixed(1)} percent.`;
    timer = setTimeout(() => (host.textContent = text), 700);
  });
}

/** Names the network in the header, with what it can do. */
function nameNetwork() {
  const host = hostElement('network-name');
  effect(() => {
    const known = outline.value;
    if (!known) return;
    const accuracy = known.accuracy ? ` · ${percent(known.accuracy)} right` : '';
    host.textContent = `${known.title} · ${count(known.parameters)} parameters${accuracy}`;
    host.hidden = false;
  });
}

async function start() {
  startThemeButton();
  startPanels(hostElement('panel'), hostElement('legend'));
  startLabel(hostElement('label'));
  startKeys();
  startMotion();
  nameNetwork();
  const stage = hostElement('stage');
  stage.replaceChildren();
  effect(() => {
    render(stageTemplate(), stage);
  });
  await Promise.all([loadOutline(), loadSamples()]);
  await readAddress();
  if (!hasDrawing()) {
    const example = samples.value.find(({ name }) => name === EXAMPLE) ?? samples.value[0];
    if (example) showExample(example);
  }
  startAddress();
  startInference();
  effect(fetchWeights);
  announce();
}

start().catch((/** @type {unknown} */ error) => {
  failure.value = error instanceof Error ? error.message : String(error);
});
