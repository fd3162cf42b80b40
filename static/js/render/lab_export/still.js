import { linked } from '../../core/stage/highlight.js';
import { pictureOf } from '../../core/stage/picture.js';
import { paintBoard } from '../lab/board.js';
import { drawHighlights } from '../lab/highlights.js';
import { CAPTION_PX, captionsOf, roomyBoard } from './board.js';

/**
 * @import {Board} from '../../core/stage/board.js'
 * @import {PlanesModel} from '../../core/stage/planes.js'
 */

/** A canvas of its own on which the stage is drawn, picture after picture, as the page shows it. */
export class Still {
  canvas = document.createElement('canvas');
  #context;
  #image;
  #board;
  #scale;
  #theme;

  /**
   * @param {PlanesModel} model  any of those that will be drawn: all stand in the same places
   * @param {{width: number, height: number, scale: number}} room  CSS px, and device px a CSS px
   * @param {import('../theme.js').Theme} theme
   */
  constructor(model, { width, height, scale }, theme) {
    this.#theme = theme;
    this.#board = roomyBoard(model, width, height);
    this.#scale = scale;
    this.canvas.width = Math.round(this.#board.width * scale);
    this.canvas.height = Math.round(this.#board.height * scale);
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('This browser gives no canvas to draw on.');
    this.#context = context;
    this.#image = new ImageData(this.canvas.width, this.canvas.height);
  }

  /** Draws one moment of the stage. @param {PlanesModel} model */
  draw(model) {
    const [context, board, scale] = [this.#context, this.#board, this.#scale];
    const { width, height, data } = this.#image;
    const pixels = { data: new Uint32Array(data.buffer), width, height };
    const picture = pictureOf(model, board);
    const painted = paintBoard(pixels, picture, scale, this.#theme);
    context.putImageData(this.#image, 0, 0);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    this.#caption(model, board);
    const links = model.spot && linked(model.experiment, model.see, model.spot);
    if (links) drawHighlights({ context, board, painted, theme: this.#theme }, model, links);
    context.setTransform(1, 0, 0, 1, 0, 0);
  }

  /** The pixels that are drawn, RGBA. */
  pixels() {
    return this.#context.getImageData(0, 0, this.canvas.width, this.canvas.height).data;
  }

  /** @param {PlanesModel} model @param {Board} board */
  #caption(model, board) {
    const context = this.#context;
    context.textAlign = 'left';
    context.textBaseline = 'alphabetic';
    for (const { x, y, title, note } of captionsOf(model, board)) {
      context.font = `600 ${CAPTION_PX}px Inter, system-ui, sans-serif`;
      context.fillStyle = this.#theme.ink;
      context.fillText(title, x, y);
      const after = x + context.measureText(`${title} `).width + 2;
      context.font = `400 ${CAPTION_PX}px Inter, system-ui, sans-serif`;
      context.fillStyle = this.#theme.ink2;
      context.fillText(note, after, y);
    }
  }
}
