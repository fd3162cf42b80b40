import { outlineRects, reachedRects } from '../render/reach.js';
import { CanvasElement } from './canvas_element.js';
import { LayerPicture } from './layer_picture.js';

/**
 * @import {Reached} from '../render/reach.js'
 * @import {Theme} from '../render/theme.js'
 */

/** So far beyond what is seen a picture still counts, CSS px. */
const MARGIN_PX = 8;

/**
 * Lies over a network's picture, as far as it is in sight, and outlines in every layer what a pixel of the
 * input reaches. Its model: that, by the layer's name.
 * @extends {CanvasElement<ReadonlyMap<string, Reached>>}
 */
export class ReachOverlay extends CanvasElement {
  /** @override @param {AbortSignal} signal */
  connected(signal) {
    super.connected(signal);
    this.setAttribute('aria-hidden', 'true');
    const anew = () => this.paintSoon();
    addEventListener('scroll', anew, { signal, capture: true, passive: true });
    this.watchSize(signal);
  }

  /** After what is below has been laid out. @override @param {() => void} paint */
  schedule(paint) {
    requestAnimationFrame(paint);
  }

  /** @override @param {Theme} theme */
  paint(theme) {
    const frame = this.getBoundingClientRect();
    const top = Math.max(0, -frame.top);
    const height = Math.max(0, Math.min(frame.bottom, innerHeight) - Math.max(0, frame.top));
    this.canvas.style.setProperty('top', `${top}px`);
    this.fit(frame.width, height);
    if (!this.model?.size || height === 0) return;
    const moving = this.parentElement?.getAnimations({ subtree: true }) ?? [];
    const glides = moving.filter(({ playState }) => playState === 'running');
    if (glides.length > 0)
      void Promise.allSettled(glides.map(({ finished }) => finished)).then(() => this.paintSoon());
    /** @type {NodeListOf<HTMLElement> | undefined} */
    const pictures = this.parentElement?.querySelectorAll('network-flow [data-layer]');
    for (const picture of pictures ?? []) {
      const reached = this.model.get(picture.dataset.layer ?? '');
      if (reached)
        this.#outline(picture, reached, { left: frame.left, top: frame.top + top, height }, theme);
    }
  }

  /**
   * @param {HTMLElement} picture
   * @param {Reached} reached
   * @param {{left: number, top: number, height: number}} sight
   * @param {Theme} theme
   */
  #outline(picture, reached, sight, theme) {
    if (!(picture instanceof LayerPicture)) return;
    const bars = picture.parentElement?.querySelector('.flow-bars');
    const shown = picture.offsetParent === null && bars ? bars : picture;
    const { left, top, width, height } = shown.getBoundingClientRect();
    const [x, y] = [left - sight.left, top - sight.top];
    const isInSight =
      x + width > -MARGIN_PX &&
      x < this.clientWidth + MARGIN_PX &&
      y + height > -MARGIN_PX &&
      y < sight.height + MARGIN_PX;
    if (!isInSight) return;
    const whole = { x: 0, y: 0, width, height };
    const rectOf = (/** @type {number} */ channel) => picture.rectOf(channel);
    this.context.save();
    this.context.translate(x, y);
    const isTinted = reached.shape.length === 3;
    outlineRects(this.context, reachedRects(reached, rectOf, whole), isTinted, theme);
    this.context.restore();
  }
}

customElements.define('reach-overlay', ReachOverlay);
