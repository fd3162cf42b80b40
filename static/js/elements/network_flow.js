import { effect, signal } from '@preact/signals-core';
import { render } from 'lit-html';

import { pointAt, open } from '../state/network/actions.js';
import {
  activations,
  focus,
  forward,
  layers,
  outline,
  view,
  weights,
  zoom,
} from '../state/network/store.js';
import { graphOf } from '../core/graph.js';
import { drawBundles } from '../render/edges.js';
import { theme } from '../render/theme.js';
import { flowLayout } from './flow_layout.js';
import { glideFrom, places } from './glide.js';
import { scaleFor } from './layer_scale.js';
import { bars } from '../views/bars.js';
import { flowTemplate } from '../views/flow.js';

/** @typedef {import('./layer_picture.js').LayerPicture} LayerPicture */
/** @typedef {import('../render/edges.js').Station} Station */

/**
 * The whole network as one picture: every layer in data order, the edges between them and the
 * path of what is under the pointer. It keeps itself in step with the store.
 */
export class NetworkFlow extends HTMLElement {
  /** @type {import('@preact/signals-core').Signal<{width: number, height: number}>} */
  #space = signal({ width: 0, height: 0 });
  #themes = signal(0);
  #plan = signal(/** @type {ReturnType<typeof flowLayout> | null} */ (null));
  // How a path is drawn is fetched when something is first pointed at.
  #paths = signal(/** @type {typeof import('../render/path.js') | null} */ (null));
  /** @type {Station[]} */ #stations = [];
  /** @type {(() => void)[]} */ #stops = [];

  connectedCallback() {
    const watcher = new ResizeObserver(() => this.#measure());
    watcher.observe(document.documentElement);
    if (this.parentElement) watcher.observe(this.parentElement);
    const onTheme = () => (this.#themes.value += 1);
    document.addEventListener('themechange', onTheme);
    this.#measure();
    this.#stops = [
      () => watcher.disconnect(),
      () => document.removeEventListener('themechange', onTheme),
      effect(() => this.#place()),
      effect(() => this.#paint()),
      effect(() => this.#drawEdges()),
    ];
  }

  disconnectedCallback() {
    for (const stop of this.#stops) stop();
  }

  #measure() {
    const width = this.parentElement?.clientWidth ?? 0;
    const height = window.innerHeight;
    const now = this.#space.peek();
    if (now.width !== width || now.height !== height) this.#space.value = { width, height };
  }

  /** Lays the layers out for the space there is and what is open. */
  #place() {
    const known = layers.value;
    if (known.length === 0 || this.#space.value.width === 0) return;
    const plan = flowLayout(known, this.#space.value, view.value.kind !== 'overview', zoom.value);
    const isStep = (this.dataset.mode === 'strip') !== (plan.mode === 'strip');
    /** @type {NodeListOf<HTMLElement>} */
    const pictures = this.querySelectorAll('layer-picture');
    const before = isStep && this.#stations.length ? places(pictures) : null;
    this.dataset.mode = plan.mode;
    render(flowTemplate({ layers: known, plan, view: view.value, choose, point }), this);
    for (const block of plan.blocks) this.#picture(block.name)?.place(block, plan.scale);
    this.#stations = this.#findStations();
    if (before) glideFrom(before);
    this.#plan.value = plan;
  }

  /** @param {string} name @returns {LayerPicture | null} */
  #picture(name) {
    return this.querySelector(`layer-picture[data-layer="${CSS.escape(name)}"]`);
  }

  #findStations() {
    const origin = this.getBoundingClientRect();
    return layers.value.flatMap((layer) => {
      const picture = this.#picture(layer.name);
      if (!picture) return [];
      for (const glide of picture.getAnimations()) glide.cancel();
      const box = picture.getBoundingClientRect();
      const { width, height } = box;
      const rectOf = (/** @type {number} */ channel) => picture.rectOf(channel);
      return {
        layer,
        left: box.left - origin.left,
        top: box.top - origin.top,
        width,
        height,
        rectOf,
      };
    });
  }

  #paint() {
    void this.#themes.value;
    const plan = this.#plan.value;
    const colours = theme();
    const classes = outline.value?.classes ?? [];
    if (!plan) return;
    for (const [name, tensor] of activations.value) {
      this.#picture(name)?.paint(tensor, scaleFor(name, colours));
    }
    const host = /** @type {HTMLElement | null} */ (this.querySelector('[data-bars]'));
    const probabilities = activations.value.get('softmax')?.data;
    if (host && probabilities)
      render(bars({ probabilities, classes, open: openUnit, point: pointUnit }), host);
  }

  #drawEdges() {
    void this.#themes.value;
    const plan = this.#plan.value;
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.querySelector('.flow-edges'));
    const context = canvas?.getContext('2d');
    const at = focus.value ?? (view.value.kind === 'map' ? view.value : null);
    if (!plan || !canvas || !context) return;
    const { scrollWidth: width, scrollHeight: height } = this;
    const scale = window.devicePixelRatio;
    if (
      canvas.width !== Math.round(width * scale) ||
      canvas.height !== Math.round(height * scale)
    ) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    if (plan.mode === 'stack') return;
    if (plan.mode === 'overview')
      drawBundles(context, this.#stations, graphOf(layers.value), theme());
    if (at) this.#drawPath(context, at);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {{layer: string, channel: number}} at
   */
  #drawPath(context, at) {
    const paths = this.#paths.value;
    if (paths)
      paths.drawPath(context, this.#stations, graphOf(layers.value), at, weightOf, theme());
    else void import('../render/path.js').then((module) => (this.#paths.value = module));
  }
}

/** @param {string} layer */
const weightOf = (layer) => weights.value.get(layer)?.weight;

/** @param {number} channel */
const openUnit = (channel) => open({ kind: 'cell', layer: 'softmax', channel, row: 0, column: 0 });

/** @param {number | null} channel */
const pointUnit = (channel) =>
  pointAt(channel === null ? null : { layer: 'softmax', channel, row: 0, column: 0 });

/**
 * @param {string} layer
 * @param {{channel: number, row: number, column: number}} cell
 */
function choose(layer, cell) {
  if (forward.value) open({ kind: 'map', layer, channel: cell.channel });
}

/**
 * @param {string} layer
 * @param {{channel: number, row: number, column: number} | null} cell
 */
function point(layer, cell) {
  pointAt(cell && { layer, ...cell });
}

customElements.define('network-flow', NetworkFlow);
