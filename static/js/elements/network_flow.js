import { graphOf } from '../core/graph.js';
import { drawBundles } from '../render/edges.js';
import { PaintedElement, fitCanvas } from './canvas_element.js';
import { flowLayout } from './flow_layout.js';
import './layer_picture.js';
import { theme } from './theme.js';

/**
 * @import {Tensor} from '../core/tensor.js'
 * @import {Graph, Station} from '../render/edges.js'
 * @import {Theme} from '../render/theme.js'
 * @import {LayerPicture} from './layer_picture.js'
 * @typedef {import('../core/layers/layout.js').LayerShape & import('../render/edges.js').Layer} Layer
 *
 * @typedef {{layers: readonly Layer[], isStrip: boolean, zoom: number}} FlowModel  isStrip: small,
 *   above what is open
 * @typedef {{activations: ReadonlyMap<string, Tensor>,
 *   colours: (layer: Layer) => (theme: Theme) => import('../render/maps.js').Scale}} Values
 * @typedef {{at: {layer: string, channel: number} | null, weightOf: (layer: string) => Tensor | undefined}} Path
 *   at: what is pointed at or open
 */

/**
 * The whole network as one picture: the `layer-picture`s in it, the edges between them and the path of what
 * is pointed at. Its three properties change apart from each other, and each is shown at once: `model`
 * (places the layers), `values` (paints them), `path`.
 * @extends {PaintedElement<FlowModel>}
 */
export class NetworkFlow extends PaintedElement {
  #space = { width: 0, height: 0 };
  /** @type {ReturnType<typeof flowLayout> | null} */ #plan = null;
  /** @type {Values | null} */ #values = null;
  /** @type {Path | null} */ #path = null;
  /** How layers glide from one place to another; without it they jump. @type {typeof import('./glide.js') | null} */
  glide = null;
  // How a path is drawn is fetched when something is first pointed at.
  /** @type {typeof import('../render/path.js') | null} */ #paths = null;
  /** @type {Station[]} */ #stations = [];

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    const watcher = new ResizeObserver(() => this.#measure());
    watcher.observe(document.documentElement);
    if (this.parentElement) watcher.observe(this.parentElement);
    signal.addEventListener('abort', () => watcher.disconnect());
    this.#measure();
  }

  /** @override */
  update() {
    this.#place();
  }

  /** @param {Values} values */
  set values(values) {
    this.#values = values;
    this.#paintValues(theme());
  }

  /** @param {Path} path */
  set path(path) {
    this.#path = path;
    this.#drawEdges(theme());
  }

  /** @override @param {Theme} theme */
  paint(theme) {
    this.#paintValues(theme);
    this.#drawEdges(theme);
  }

  #measure() {
    const width = this.parentElement?.clientWidth ?? 0;
    const height = window.innerHeight;
    if (this.#space.width === width && this.#space.height === height) return;
    this.#space = { width, height };
    this.#place();
  }

  /** Lays the layers out for the space there is and what is open. */
  #place() {
    if (!this.model || !this.isConnected || this.#space.width === 0) return;
    const { layers, isStrip, zoom } = this.model;
    const plan = flowLayout(layers, this.#space, isStrip, zoom);
    const isStep = (this.dataset.mode === 'strip') !== (plan.mode === 'strip');
    /** @type {NodeListOf<HTMLElement>} */
    const pictures = this.querySelectorAll('layer-picture');
    const before = isStep && this.#stations.length ? this.glide?.places(pictures) : null;
    this.dataset.mode = plan.mode;
    this.classList.toggle('has-long-titles', plan.hasLongTitles);
    for (const block of plan.blocks) this.#picture(block.name)?.place(block, plan.scale);
    this.#stations = this.#findStations(layers);
    if (before) this.glide?.glideFrom(before);
    this.#plan = plan;
    this.paint(theme());
  }

  /** @param {string} name @returns {LayerPicture | null} */
  #picture(name) {
    return this.querySelector(`layer-picture[data-layer="${CSS.escape(name)}"]`);
  }

  /** @param {readonly Layer[]} layers */
  #findStations(layers) {
    const origin = this.getBoundingClientRect();
    return layers.flatMap((layer) => {
      const picture = this.#picture(layer.name);
      if (!picture) return [];
      for (const glide of picture.getAnimations()) glide.cancel();
      const { left, top, width, height } = picture.getBoundingClientRect();
      const rectOf = (/** @type {number} */ channel) => picture.rectOf(channel);
      const place = { left: left - origin.left, top: top - origin.top, width, height };
      return { layer, ...place, rectOf };
    });
  }

  /** @param {Theme} theme */
  #paintValues(theme) {
    if (!this.#plan || !this.#values) return;
    const { activations, colours } = this.#values;
    for (const layer of this.model?.layers ?? []) {
      const tensor = activations.get(layer.name);
      if (tensor) this.#picture(layer.name)?.show(tensor, colours(layer)(theme));
    }
  }

  /** @param {Theme} theme */
  #drawEdges(theme) {
    const plan = this.#plan;
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.querySelector('.flow-edges'));
    const context = canvas?.getContext('2d');
    if (!plan || !canvas || !context || !this.model) return;
    const { scrollWidth: width, scrollHeight: height } = this;
    const scale = fitCanvas(canvas, width, height);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    if (plan.mode === 'stack') return;
    const graph = graphOf(this.model.layers);
    if (plan.mode === 'overview') drawBundles(context, this.#stations, graph, theme);
    this.#drawPath(context, graph, theme);
  }

  /** @param {CanvasRenderingContext2D} context @param {Graph} graph @param {Theme} theme */
  #drawPath(context, graph, theme) {
    const { at, weightOf } = this.#path ?? {};
    if (!at || !weightOf) return;
    if (this.#paths)
      return this.#paths.drawPath(context, this.#stations, graph, at, weightOf, theme);
    void import('../render/path.js').then((module) => {
      this.#paths = module;
      this.paintSoon();
    });
  }
}

customElements.define('network-flow', NetworkFlow);
