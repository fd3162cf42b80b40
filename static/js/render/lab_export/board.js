import { boardOf } from '../../core/stage/board.js';
import { captionOf } from '../../core/stage/captions.js';
import { stationsOf } from '../../core/stage/stations.js';

/**
 * @import {Board} from '../../core/stage/board.js'
 * @import {PlanesModel} from '../../core/stage/planes.js'
 */

/** A line of text below a plane. @typedef {{x: number, y: number, title: string, note: string}} Caption */

/** Around the planes, CSS px. */
const MARGIN_PX = 20;
/** From a plane to the baseline of the text below it, CSS px. */
const BASELINE_PX = 16;

/** How long the text below a plane is, CSS px; that of the input has more room. */
const TEXT_PX = 96;

export const CAPTION_PX = 11;

/**
 * The planes of a model with room around them, as large as they fit.
 * @param {PlanesModel} model
 * @param {number} width  CSS px
 * @param {number} height  CSS px
 * @returns {Board}
 */
export function roomyBoard({ experiment, see }, width, height) {
  const inner = [width - 2 * MARGIN_PX, height - 2 * MARGIN_PX];
  const board = boardOf(stationsOf(experiment, see), inner[0], inner[1]);
  const boxes = board.boxes.map((box) => ({ ...box, x: box.x + MARGIN_PX, y: box.y + MARGIN_PX }));
  // Room that the page keeps for larger outputs is left out; that of the texts is not.
  const right = boxes.map(({ x, width: own }) => x + Math.max(own, TEXT_PX));
  const bottom = boxes.map(({ y, height: own }) => y + own + BASELINE_PX);
  return {
    ...board,
    width: Math.ceil(Math.max(...right)) + MARGIN_PX,
    height: Math.ceil(Math.max(...bottom)) + MARGIN_PX,
    boxes,
  };
}

/** The line below each plane. @param {PlanesModel} model @param {Board} board @returns {Caption[]} */
export function captionsOf(model, { boxes }) {
  return boxes.map((box) => ({
    x: box.x,
    y: box.y + box.height + BASELINE_PX,
    ...captionOf(model, box),
  }));
}
