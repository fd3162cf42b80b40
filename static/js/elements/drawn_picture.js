import { CanvasElement } from './canvas_element.js';

/** @import {Drawing} from '../render/theme.js' */

/** Shows a Drawing; what it says belongs into its aria-label. @extends {CanvasElement<Drawing>} */
export class DrawnPicture extends CanvasElement {
  /** @override @param {import('../render/theme.js').Theme} theme */
  paint(theme) {
    if (!this.model) return;
    const { width, height, draw } = this.model;
    draw(this.context, theme, this.fit(width, height));
  }
}

customElements.define('drawn-picture', DrawnPicture);
