import { effect } from '@preact/signals-core';
import { render } from 'lit-html';

import '../../elements/drawing_surface.js';
import '../../elements/image_drop.js';
import '../../elements/layer_picture.js';
import '../../elements/network_flow.js';
import '../../elements/value_picture.js';
import { count, percent } from '../../core/number.js';
import { changed, showExample } from '../../state/network/drawing.js';
import { startInference } from '../../state/network/inference.js';
import { ensureWeights, loadOutline } from '../../state/network/outline.js';
import { getSample, loadSamples } from '../../state/samples.js';
import { failure, forward, network, outline, view } from '../../state/network/store.js';
import {
  WITHIN_NETWORK,
  arrived,
  hasDrawing,
  readAddress,
  unread,
} from '../../state/network/url_state.js';
import { startPanels } from './panels.js';
import { loadDetail, stageTemplate } from './stage.js';
import { startThemeButton } from '../common/theme.js';

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

/** Fetches the tray's digits and what shows the details, as soon as the first picture stands. */
function fetchTheRest() {
  let isAsked = false;
  effect(() => {
    const isWanted = forward.value?.isExact || view.value.kind !== 'overview';
    if (isAsked || !isWanted) return;
    isAsked = true;
    loadSamples().catch(fail);
    loadDetail().then(({ startLate }) => startLate(hostElement('label')), fail);
  });
}

/** @param {unknown} error */
function fail(error) {
  failure.value = error instanceof Error ? error.message : String(error);
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

/** The digit of a first visit; without it the paper is empty, and drawing works all the same. */
function exampleDigit() {
  return getSample(EXAMPLE).catch((/** @type {unknown} */ error) => {
    fail(error);
    return null;
  });
}

/**
 * Fetches the network that the address names, or else the usual one.
 * @returns {Promise<import('../../state/network/url_state.js').Unread[]>} the name that none has
 */
async function findOutline() {
  const text = network.value;
  try {
    await loadOutline();
    return [];
  } catch (error) {
    if (text === 'mycnn') throw error;
    network.value = 'mycnn';
    await loadOutline();
    return [{ name: 'network', text }];
  }
}

async function start() {
  startThemeButton();
  startPanels(hostElement('panel'), hostElement('legend'));
  nameNetwork();
  const stage = hostElement('stage');
  stage.replaceChildren();
  effect(() => {
    render(stageTemplate(), stage);
  });
  await readAddress(['network']);
  const [example, unknown] = await Promise.all([
    hasDrawing() ? null : exampleDigit(),
    findOutline(),
  ]);
  await readAddress(WITHIN_NETWORK);
  unread.value = [...unknown, ...unread.value];
  if (example) showExample(example);
  arrived.value = changed.value;
  startInference();
  effect(fetchWeights);
  fetchTheRest();
}

start().catch(fail);
