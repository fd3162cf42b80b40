import { CanvasElement } from './canvas_element.js';

/**
 * A picture drawn by a function, drawn anew with its model and with the colours.
 * @typedef {object} Picture
 * @property {number} width  CSS px
 * @property {number} height  CSS px
 * @property {(context: CanvasRenderingContext2D, colours: import('../render/theme.js').Theme, scale: number) => void} draw
 *   in CSS px; `scale` is device pixels a CSS px
 */

/** Shows a Picture; what it says belongs into its aria-label. @extends {CanvasElement<Picture>} */
export class DrawnPicture extends CanvasElement {
  get picture() {
    return this.model;
  }

  /** @param {Picture | null} picture */
  set picture(picture) {
    this.model = picture;
  }

  /** @override @param {import('../render/theme.js').Theme} theme */
  paint(theme) {
    if (!this.model) return;
    const { width, height, draw } = this.model;
    draw(this.context, theme, this.fit(width, height));
  }
}

customElements.define('drawn-picture', DrawnPicture);
