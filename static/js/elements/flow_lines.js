import { drawBundles } from '../render/edges.js';
import { fitCanvas } from './canvas_element.js';
import { MARGIN_PX } from './flow_sight.js';

/**
 * @import {Tensor} from '../core/tensor.js'
 * @import {Context, Graph, Sight, Station} from '../render/edges.js'
 * @import {Theme} from '../render/theme.js'
 *
 * @typedef {Sight & {mode: string, stations: readonly Station[], graph: Graph, height: number,
 *   isScrolled: boolean}} Scene  what the lines are drawn between: `stations` are others once anything has been
 *   laid out anew; isScrolled: more is drawn at both sides than is seen
 * @typedef {{at: {layer: string, channel: number} | null, weightOf: (layer: string, channel: number) => Tensor | undefined}} Path
 *   at: what is pointed at or open
 */

/** Lays a canvas over what is drawn. @param {HTMLCanvasElement} canvas @param {Scene} scene @returns {number} device pixels a CSS px */
function lay(canvas, { left, right, height }) {
  canvas.style.left = `${left}px`;
  return fitCanvas(canvas, right - left, height);
}

/** A context on which is drawn in CSS px of the whole picture. @template {Context} C @param {C | null} context @param {number} scale @param {Scene} scene */
function inPicture(context, scale, { left }) {
  context?.setTransform(scale, 0, 0, scale, -left * scale, 0);
  return context;
}

/**
 * The lines of a network's picture: what feeds what, and over it the path of what is pointed at. Each has a
 * canvas of its own, for without a graphics card a browser copies every canvas it shows for each frame, drawn
 * on or not: the one is an image, drawn anew where it would be another, the other is there while something
 * is pointed at.
 */
export class FlowLines {
  #flow;
  /** What the bundles were drawn between, in which colours. @type {{scene: Scene, theme: Theme, ratio: number} | null} */
  #drawn = null;
  /** How a path is drawn; fetched when something is first pointed at. @type {typeof import('../render/path.js') | null} */
  #paths = null;

  /** @param {import('./network_flow.js').NetworkFlow} flow */
  constructor(flow) {
    this.#flow = flow;
  }

  /** @param {string} name @returns {HTMLCanvasElement | null} */
  #canvas(name) {
    return this.#flow.querySelector(`.${name}`);
  }

  /** Whether bundles that were drawn are those of now, or of a wide picture reach as far. @param {Scene} scene @param {Theme} theme */
  #isDrawn(scene, theme) {
    if (!this.#drawn || this.#drawn.theme !== theme) return false;
    const { scene: last, ratio } = this.#drawn;
    const moved = Math.max(Math.abs(last.left - scene.left), Math.abs(last.right - scene.right));
    const isThere = scene.isScrolled ? moved < MARGIN_PX / 2 : moved === 0;
    const isSame = last.stations === scene.stations && last.height === scene.height;
    return isThere && isSame && ratio === devicePixelRatio;
  }

  /** Draws what feeds what. @param {Scene} scene @param {Theme} theme */
  drawBundles(scene, theme) {
    const canvas = this.#canvas('flow-edges');
    const shown = canvas?.getContext('bitmaprenderer');
    if (!canvas || !shown || this.#isDrawn(scene, theme)) return;
    this.#drawn = { scene, theme, ratio: devicePixelRatio };
    canvas.hidden = scene.mode !== 'overview' || scene.right <= scene.left || scene.height === 0;
    if (canvas.hidden) return;
    const scale = lay(canvas, scene);
    const image = new OffscreenCanvas(canvas.width, canvas.height);
    const context = inPicture(image.getContext('2d'), scale, scene);
    if (context) drawBundles(context, scene.stations, scene.graph, theme, scene);
    shown.transferFromImageBitmap(image.transferToImageBitmap());
  }

  /** Draws the path of what is pointed at, if anything is. @param {Scene} scene @param {Path | null} path @param {Theme} theme */
  drawPath(scene, path, theme) {
    const canvas = this.#canvas('flow-path');
    if (!canvas) return;
    canvas.hidden = !path?.at || scene.mode === 'stack';
    if (canvas.hidden || !path?.at) return;
    if (!this.#paths) return void this.#fetch();
    const context = inPicture(canvas.getContext('2d'), lay(canvas, scene), scene);
    if (!context) return;
    context.clearRect(scene.left, 0, scene.right - scene.left, scene.height);
    this.#paths.drawPath(context, scene.stations, scene.graph, path.at, path.weightOf, theme);
  }

  async #fetch() {
    this.#paths = await import('../render/path.js');
    this.#flow.paintSoon();
  }
}
