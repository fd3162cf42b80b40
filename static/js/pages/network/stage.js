import { nothing, render } from 'lit-html';

import { NetworkFlow } from '../../elements/network_flow.js';
import { bars } from '../../views/bars.js';
import { flowTemplate } from '../../views/flow.js';
import { stageView } from '../../views/stage.js';
import { coloursOf } from './scales.js';

/**
 * @import {Network} from '../../state/network/network.js'
 * @import {NetworkInstance} from './instance.js'
 */

/** The probabilities beside the last layer. @param {Network} network @param {HTMLElement} host */
function showBars({ signals, actions }, host) {
  const layer = host.dataset.bars ?? '';
  const probabilities = signals.activations.value.get(layer)?.data;
  if (!probabilities) return;
  const at = (/** @type {number} */ channel) => ({ layer, channel, row: 0, column: 0 });
  const model = {
    probabilities,
    classes: signals.outline.value?.classes ?? [],
    open: (/** @type {number} */ unit) => actions.open({ kind: 'cell', ...at(unit) }),
    point: (/** @type {number | null} */ unit) => actions.pointAt(unit === null ? null : at(unit)),
  };
  render(bars(model), host);
}

/** Keeps the main part of the page in step with a network. @param {NetworkInstance} instance */
export function startStage(instance) {
  const { late, network } = instance;
  const { signals, actions } = network;
  const host = instance.place('stage');
  const { activations, failure, focus, forward, isBlank, isBusy, layers, outline } = signals;
  const { view, weights, zoom } = signals;
  const flow = new NetworkFlow();
  const current = () => ('layer' in view.value ? view.value.layer : '');
  const isOpen = () => view.value.kind !== 'overview';
  const canOpen = () => forward.value !== null;
  host.replaceChildren();
  instance.effect(() => {
    const [known, { page, detail }] = [outline.value, late.value ?? {}];
    const model = {
      outline: known,
      failure: failure.value,
      flow,
      isOpen: isOpen(),
      isBlank: isBlank.value,
      isBusy: isBusy.value,
      isZoomed: zoom.value > 1 && !isOpen(),
      tools: page ? page.flowTools(network) : nothing,
      detail: page && detail ? page.detailTemplate(network, detail) : nothing,
      ledger:
        page && known
          ? page.ledger({ layers: known.layers, current: current(), totals: known }, actions)
          : nothing,
    };
    render(stageView(model, actions), host);
  });
  instance.effect(() => {
    render(flowTemplate({ layers: layers.value, current: current(), canOpen }, actions), flow);
    flow.model = { layers: layers.value, isStrip: isOpen(), zoom: zoom.value };
  });
  instance.effect(() => {
    flow.values = { activations: activations.value, colours: coloursOf(network) };
    /** @type {HTMLElement | null} */
    const barsHost = flow.querySelector('[data-bars]');
    if (barsHost) showBars(network, barsHost);
  });
  instance.effect(() => {
    const known = weights.value;
    flow.path = {
      at: focus.value ?? (view.value.kind === 'map' ? view.value : null),
      weightOf: (layer) => known.get(layer)?.weight,
    };
  });
}
