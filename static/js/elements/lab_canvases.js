import { pictureOf } from '../core/stage/picture.js';
import { paintBoard } from '../render/lab/board.js';
import { drawHighlights } from '../render/lab/highlights.js';
import { drawLit, drawMarked } from '../render/lab/highlight_model.js';
import { drawShift } from '../render/lab/shift.js';
import { fitCanvas } from './canvas_element.js';

/**
 * @import {Board} from '../core/stage/board.js'
 * @import {Linked} from '../core/stage/highlight.js'
 * @import {Theme} from '../render/theme.js'
 * @import {StageModel} from './lab_stage.js'
 */

/**
 * The two pictures of the stage: the numbers, painted when they change, and over them what answers
 * the pointer, drawn whenever it moves. They show the part of the board that is in view.
 */
export class LabCanvases {
  host = document.createElement('div');
  numbers = document.createElement('canvas');
  answers = document.createElement('canvas');
  // Every pixel comes from the processor: a canvas on the graphics card would only add a copy.
  #under = this.numbers.getContext('2d', { willReadFrequently: true });
  #over = this.answers.getContext('2d');
  /** @type {ImageData | null} */ #image = null;
  /** @type {import('../render/lab/board.js').PaintedBoard | null} */ #painted = null;

  constructor() {
    this.host.className = 'lab-view';
    this.host.append(this.numbers, this.answers);
  }

  /** Makes both as large as what is in view, CSS px. @param {number} across @param {number} down */
  fit(across, down) {
    const scale = devicePixelRatio;
    const [width, height] = [across, down].map((px) => Math.round(px * scale));
    if (this.#image?.width === width && this.#image.height === height) return;
    this.forget();
    this.#image = new ImageData(width, height);
    for (const canvas of [this.numbers, this.answers]) fitCanvas(canvas, across, down);
  }

  /** Paints all of it the next time, not only what has changed. */
  forget() {
    this.#painted = null;
  }

  /** Paints the numbers. @param {StageModel} model @param {Board} board @param {Theme} theme */
  paint(model, board, theme) {
    const image = this.#image;
    if (!image) return;
    const { width, height } = image;
    const pixels = { data: new Uint32Array(image.data.buffer), width, height };
    const picture = pictureOf(model, board);
    this.#painted = paintBoard(pixels, picture, devicePixelRatio, theme, this.#painted);
    this.#under?.putImageData(image, 0, 0);
  }

  /**
   * Draws what answers.
   * @param {StageModel} model
   * @param {Board} board
   * @param {Linked | null} links
   * @param {Theme} theme
   */
  answer(model, board, links, theme) {
    const [context, painted] = [this.#over, this.#painted];
    if (!context || !painted) return;
    const scale = devicePixelRatio;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, board.width, board.height);
    const canvas = { context, board, painted, theme };
    if (model.shift) drawShift(canvas, model.shift);
    if (links) drawHighlights(canvas, model, links);
    if (model.lit) drawLit(canvas, model, links);
    drawMarked(canvas, model);
  }
}
