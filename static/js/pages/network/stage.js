import { noChange, nothing, render } from 'lit-html';

import { parametersOf } from '../../core/layers/unit_parameters.js';
import { NetworkFlow } from '../../elements/network_flow.js';
import { bars } from '../../views/bars.js';
import { flowTemplate } from '../../views/flow.js';
import { stageView } from '../../views/stage.js';
import { actInFrames } from '../common/frames.js';
import { coloursOf } from './scales.js';

/**
 * @import {Network} from '../../state/network/network.js'
 * @import {NetworkInstance} from './instance.js'
 */

/** The probabilities beside the last layer. @param {Network} network @param {NetworkFlow} flow */
function showBars({ signals, actions }, flow) {
  /** @type {HTMLElement | null} */
  const host = flow.querySelector('[data-bars]');
  const layer = host?.dataset.bars ?? '';
  const probabilities = signals.activations.value.get(layer)?.data;
  if (!host || !probabilities) return;
  const at = (/** @type {number} */ channel) => ({ layer, channel, row: 0, column: 0 });
  const model = {
    probabilities,
    classes: signals.outline.value?.classes ?? [],
    open: (/** @type {number} */ unit) => actions.open({ kind: 'cell', ...at(unit) }),
    point: (/** @type {number | null} */ unit) => actions.pointAt(unit === null ? null : at(unit)),
  };
  render(bars(model), host);
}

/**
 * Makes the ledger where it has changed: its hundreds of rows are not compared at every movement of the pen.
 * @param {Network} network
 */
function keepLedger({ signals: { folded, view }, actions }) {
  /** @type {readonly unknown[]} */
  let shown = [];
  return (
    /** @type {import('./instance.js').Page} */ page,
    /** @type {import('../../core/graph.js').Outline} */ known,
  ) => {
    const { columns, brackets } = folded.value;
    const current = 'layer' in view.value ? view.value.layer : '';
    const now = [known, columns, current];
    if (now.every((each, place) => each === shown[place])) return noChange;
    shown = now;
    const model = { layers: known.layers, columns, brackets, current, totals: known };
    return page.ledger(model, actions);
  };
}

/** Dresses what only a deep network has. @param {NetworkFlow} flow  laid out anew in its dress */
function dressFolds(flow) {
  /** @type {HTMLLinkElement | null} */
  const sheet = document.querySelector('link[data-deep][disabled]');
  if (!sheet) return;
  sheet.onload = () => flow.update();
  sheet.disabled = false;
}

/** Keeps what is read of a picture in step: what is said of it, and the bars. @param {NetworkInstance} instance @param {NetworkFlow} flow */
function startReading(instance, flow) {
  const { activations, forward, outline, remark } = instance.network.signals;
  const said = () => ({
    prediction: forward.value?.document.prediction ?? null,
    remark: remark.value,
  });
  const tell = (/** @type {ReturnType<typeof said>} */ now) => void (instance.told.value = now);
  instance.atEnd(actInFrames(said, tell, instance.afterPicture));
  const probable = () => [activations.value, outline.value];
  const show = () => showBars(instance.network, flow);
  instance.atEnd(actInFrames(probable, show, instance.afterPicture));
}

/** Keeps the main part of the page in step with a network. @param {NetworkInstance} instance */
export function startStage(instance) {
  const { late, network, told } = instance;
  const { signals, actions } = network;
  const host = instance.place('stage');
  const { activations, deep, failure, focus, folded, forward, inSight, isBlank, isBusy } = signals;
  const { isGone, outline, view, weights, zoom } = signals;
  const flow = new NetworkFlow();
  const current = () => ('layer' in view.value ? view.value.layer : '');
  const isOpen = () => view.value.kind !== 'overview';
  const canOpen = () => forward.value !== null;
  flow.addEventListener('sight', (event) => {
    inSight.value = /** @type {CustomEvent<string[]>} */ (event).detail;
  });
  const ledgerOf = keepLedger(network);
  host.replaceChildren();
  instance.effect(() => {
    const [known, { page, detail }] = [outline.value, late.value ?? {}];
    const model = {
      outline: known,
      failure: failure.value,
      isGone: isGone.value,
      flow,
      isOpen: isOpen(),
      isBlank: isBlank.value,
      isBusy: isBusy.value,
      isDeep: deep.value !== null,
      isZoomed: zoom.value > 1 && !isOpen(),
      tools: page
        ? [page.flowTools(network, told.value), detail?.reach.value?.overlay ?? nothing]
        : nothing,
      detail: page && detail ? page.detailTemplate(network, detail) : nothing,
      below: page && detail ? page.below(network, detail) : nothing,
      ledger: page && known ? ledgerOf(page, known) : nothing,
    };
    render(stageView(model, { ...actions, reload: () => location.reload() }), host);
  });
  instance.effect(() => {
    const { columns, brackets } = folded.value;
    const isDeep = deep.value !== null;
    if (isDeep) dressFolds(flow);
    render(flowTemplate({ columns, brackets, current: current(), canOpen }, actions), flow);
    const [isStrip, share] = [isOpen(), instance.share.value];
    flow.model = { layers: columns, brackets, isDeep, isStrip, zoom: zoom.value, share };
  });
  instance.effect(() => {
    const [known, small] = [activations.value, forward.value?.small];
    const pictureOf = (/** @type {string} */ name) => known.get(name) ?? small?.get(name)?.picture;
    flow.values = { pictureOf, colours: coloursOf(network) };
  });
  startReading(instance, flow);
  instance.effect(() => {
    const known = weights.value;
    flow.path = {
      at: focus.value ?? (view.value.kind === 'map' ? view.value : null),
      weightOf: (layer, channel) => parametersOf(known, layer, channel)?.weight,
    };
  });
}
