import { CanvasElement } from './canvas_element.js';

/** @import {Image} from '../core/attribution/picture.js' */

/**
 * A picture as wide as its place, and what lies over it, measured in the picture's own pixels. Its children
 * paint on `size`.
 * @template {{readonly image: Image}} M
 * @extends {CanvasElement<M>}
 */
export class PictureBoard extends CanvasElement {
  size = { width: 0, height: 0 };

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    super.connected(signal);
    this.watchSize(signal);
  }

  /** As high as its picture is beside its width. @override */
  update() {
    const [, rows, columns] = this.model?.image.shape ?? [1, 1, 1];
    this.style.setProperty('aspect-ratio', `${columns} / ${rows}`);
    this.paintSoon();
  }

  /** @override */
  resized() {
    this.size = { ...this.size, width: this.clientWidth };
    this.paintSoon();
  }

  /** Makes the canvas as large as the picture wants to be. @returns {boolean} whether there is room at all */
  spread() {
    if (!this.model || this.size.width < 1) return false;
    const [, rows, columns] = this.model.image.shape;
    const { width } = this.size;
    this.size = { width, height: Math.round((width * rows) / columns) };
    this.fit(width, this.size.height);
    return true;
  }

  /**
   * Where an event is, as shares of the picture.
   * @param {MouseEvent} event
   */
  shares({ clientX, clientY }) {
    const box = this.canvas.getBoundingClientRect();
    return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
  }
}
