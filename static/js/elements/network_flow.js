import { graphOf } from '../core/graph.js';
import { PaintedElement } from './canvas_element.js';
import { flowLayout, tellPlan } from './flow_layout.js';
import { FlowLines } from './flow_lines.js';
import {
  BRACKET_PX,
  MARGIN_PX,
  depthOf,
  heightAbove,
  inSight,
  placeBrackets,
  tellWide,
} from './flow_sight.js';
import './layer_picture.js';
import { theme } from './theme.js';

/**
 * @import {Tensor} from '../core/tensor.js'
 * @import {Station} from '../render/edges.js'
 * @import {Theme} from '../render/theme.js'
 * @import {Bracket} from './flow_sight.js'
 * @import {Path} from './flow_lines.js'
 * @import {LayerPicture} from './layer_picture.js'
 * @typedef {import('./flow_layout.js').FlowLayer & import('../render/edges.js').Layer} Layer
 *
 * @typedef {{layers: readonly Layer[], isStrip: boolean, zoom: number, brackets: readonly Bracket[],
 *   isDeep: boolean, share: number}} FlowModel  isStrip: small, above what is open; isDeep: only what is in
 *   sight is painted; share: of the window's height that it may take
 * @typedef {{pictureOf: (layer: string) => Tensor | undefined,
 *   colours: (layer: Layer) => (theme: Theme) => import('../render/scale.js').Scale}} Values
 */

/**
 * The whole network as one picture: the `layer-picture`s in it, the edges between them and the path of what
 * is pointed at. Its three properties change apart from each other, and each is shown at once: `model`
 * (places the layers), `values` (paints them), `path`. Event `sight` tells which layers of a deep network are
 * in sight, or nearly (detail their names).
 * @extends {PaintedElement<FlowModel>}
 */
export class NetworkFlow extends PaintedElement {
  #space = { width: 0, height: 0 };
  /** @type {ReturnType<typeof flowLayout> | null} */ #plan = null;
  /** @type {Values | null} */ #values = null;
  /** @type {Path | null} */ #path = null;
  /** How layers glide from one place to another; without it they jump. @type {typeof import('./glide.js') | null} */
  glide = null;
  #lines = new FlowLines(this);
  /** @type {Station[]} */ #stations = [];
  /** @type {ReadonlyMap<string, LayerPicture>} */ #pictures = new Map();
  /** Those that are in sight, by name. @type {Set<string>} */ #inSight = new Set();
  #isLooking = false;

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    const watcher = new ResizeObserver(() => this.#measure());
    watcher.observe(document.documentElement);
    if (this.parentElement) watcher.observe(this.parentElement);
    signal.addEventListener('abort', () => watcher.disconnect());
    addEventListener('scroll', () => this.#lookSoon(), { signal, capture: true, passive: true });
    this.#measure();
  }

  /** @override */
  update() {
    this.#place();
  }

  /** @param {Values} values */
  set values(values) {
    this.#values = values;
    this.#paintValues(theme(), this.#inSight);
  }

  /** @param {Path} path */
  set path(path) {
    this.#path = path;
    this.#drawLines(theme());
  }

  /** @override @param {Theme} theme */
  paint(theme) {
    this.#paintValues(theme, this.#inSight);
    this.#drawLines(theme);
  }

  #measure() {
    const [width, height] = [this.parentElement?.clientWidth ?? 0, window.innerHeight];
    if (this.#space.width === width && this.#space.height === height) return;
    this.#space = { width, height };
    this.#place();
  }

  /** Lays the layers out for the space there is and what is open. */
  #place() {
    if (!this.model || !this.isConnected || this.#space.width === 0) return;
    const { layers, isStrip, zoom, isDeep, brackets, share } = this.model;
    const above = isDeep ? heightAbove(brackets) : 0;
    const space = { ...this.#space, height: share * this.#space.height };
    const plan = flowLayout(layers, space, isStrip, zoom, above);
    const isStep = (this.dataset.mode === 'strip') !== (plan.mode === 'strip');
    /** @type {NodeListOf<LayerPicture>} */
    const pictures = this.querySelectorAll('layer-picture');
    const before = isStep && this.#stations.length ? this.glide?.places(pictures) : null;
    this.#pictures = new Map(Array.from(pictures, (each) => [each.dataset.layer ?? '', each]));
    tellPlan(this, plan, depthOf(brackets) * BRACKET_PX);
    for (const block of plan.blocks) this.#pictures.get(block.name)?.place(block, plan.scale);
    tellWide(this, this.#space.width);
    this.#stations = this.#findStations(layers);
    placeBrackets(this, this.#pictures, brackets);
    if (before) this.glide?.glideFrom(before);
    this.#plan = plan;
    this.#inSight.clear();
    this.#look();
    this.paint(theme());
  }

  /** @param {readonly Layer[]} layers */
  #findStations(layers) {
    const origin = this.getBoundingClientRect();
    return layers.flatMap((layer) => {
      const picture = this.#pictures.get(layer.name);
      if (!picture) return [];
      for (const glide of picture.getAnimations()) glide.cancel();
      const { left, top, width, height } = picture.getBoundingClientRect();
      const rectOf = (/** @type {number} */ channel) => picture.rectOf(channel);
      const place = { left: left - origin.left, top: top - origin.top, width, height };
      return { layer, ...place, rectOf };
    });
  }

  #lookSoon() {
    if (this.#isLooking || !this.model?.isDeep) return;
    this.#isLooking = true;
    requestAnimationFrame(() => {
      this.#isLooking = false;
      this.#paintValues(theme(), this.#look());
      this.#drawLines(theme());
    });
  }

  /** Tells what is in sight now, where that is new. @returns {ReadonlySet<string>} what has come into sight */
  #look() {
    const { isDeep = false, layers = [] } = this.model ?? {};
    const names = isDeep
      ? inSight(this.#stations, this.getBoundingClientRect())
      : layers.map(({ name }) => name);
    const fresh = new Set(names.filter((name) => !this.#inSight.has(name)));
    if (isDeep && (fresh.size > 0 || names.length < this.#inSight.size)) this.tell('sight', names);
    this.#inSight = new Set(names);
    return fresh;
  }

  /** @param {Theme} theme @param {ReadonlySet<string>} names */
  #paintValues(theme, names) {
    if (!this.#plan || !this.#values) return;
    const { pictureOf, colours } = this.#values;
    for (const layer of this.model?.layers ?? []) {
      const tensor = names.has(layer.name) ? pictureOf(layer.name) : undefined;
      if (tensor)
        this.#pictures.get(layer.name)?.show(tensor, colours(layer)(theme), layer.output_shape);
    }
  }

  /** What the lines are drawn between; null before anything is placed. @returns {import('./flow_lines.js').Scene | null} */
  #scene() {
    if (!this.#plan || !this.model) return null;
    const { clientWidth: width, clientHeight: height } = this;
    const seen = this.model.isDeep ? this.parentElement : null;
    const left = Math.max(0, (seen?.scrollLeft ?? 0) - MARGIN_PX);
    const right = seen ? Math.min(width, seen.scrollLeft + seen.clientWidth + MARGIN_PX) : width;
    const graph = graphOf(this.model.layers);
    const [{ mode }, isScrolled] = [this.#plan, seen !== null];
    return { mode, stations: this.#stations, graph, left, right, height, isScrolled };
  }

  /** @param {Theme} theme */
  #drawLines(theme) {
    const scene = this.#scene();
    if (!scene) return;
    this.#lines.drawBundles(scene, theme);
    this.#lines.drawPath(scene, this.#path, theme);
  }
}

customElements.define('network-flow', NetworkFlow);
