import { blockKind, titleShape } from './layout.js';
import { mapGrid } from './map_grid.js';

/**
 * @import {LayerShape} from './layout.js'
 * @import {Points} from './map_grid.js'
 */

/** Map sizes step by 7 device pixels: 7×7 maps stay exact, 14×14 at every second step. */
const SIZE_STEP_PX = 7;

/** Of hundreds of maps so many lie beside each other: as many as let a map be as large as this, CSS px. */
const MOST_BESIDE = [8, 4, 2, 1];
const READABLE_PX = 21;

/** What letters of a layer's name take, CSS px, the first that holds; all others are as wide as a digit. */
const LETTERS = [
  { of: /[ijlI.]/, px: 3.6 },
  { of: /[frt1]/, px: 4.8 },
  { of: /[mwMW]/, px: 11 },
  { of: /[A-Z]/, px: 8.8 },
];
const LETTER_PX = 7.5;
/** A letter of a shape, the narrow spaces counted. */
const SHAPE_LETTER_PX = 6.9;

/** The parts of a name between which its line may end: behind a point. @param {string} name */
export const nameParts = (name) => name.split(/(?<=\.)/);

/** What letters take, CSS px, within a few. @param {string} text */
const textWidth = (text) =>
  [...text].reduce(
    (sum, letter) => sum + (LETTERS.find(({ of }) => of.test(letter))?.px ?? LETTER_PX),
    0,
  );

/**
 * What a layer's title takes: its name, and below that the maps' number and on a line of their own
 * their sides; CSS px, within a few.
 * @param {LayerShape} layer
 * @param {string} name  what stands there
 * @param {{before: number, behind: number, most: number, over: number, isBroken: boolean}} around
 *   CSS px before the name and behind it, of the name at most, and so far it goes into the gap behind its
 *   maps; isBroken: the name takes two lines where it may
 */
export function titleWidth(layer, name, { before, behind, most, over, isBroken }) {
  const [count, ...sides] = titleShape(layer);
  const lines = isBroken ? nameParts(name) : [name];
  const widths = lines.map((line, place) => textWidth(line) + (place ? 0 : before));
  const wide = Math.min(most, Math.max(...widths) + (isBroken ? 0 : behind));
  const shape = SHAPE_LETTER_PX * (sides.length ? sides.join('×') : String(count)).length;
  return Math.max(wide, shape) - (blockKind(layer) === 'maps' ? over : 0);
}

/**
 * The size of a map with which a grid fits, a multiple of 7 device pixels.
 * @param {object} space
 * @param {number} space.width  CSS px
 * @param {number} space.columns
 * @param {number} space.scale  device pixels a CSS px
 * @returns {number} device pixels, ≥ 14
 */
export function mapSize({ width, columns, scale }) {
  const fit = (width / columns) * scale - Math.max(1, Math.round(scale));
  return Math.max(2 * SIZE_STEP_PX, Math.floor(fit / SIZE_STEP_PX) * SIZE_STEP_PX);
}

/**
 * The size of a map with which an overview fits. Of a deep network's layers with hundreds of maps as many
 * as possible lie beside each other, unless fewer let all be larger.
 * @param {readonly {shape: LayerShape, title: number}[]} layers  each with the CSS px its title takes
 * @param {object} space
 * @param {number} space.width  CSS px for them all
 * @param {number} space.between  CSS px behind each
 * @param {number} space.scrollBar  CSS px of it, where not all maps are in sight
 * @param {number} space.height  CSS px for the maps of the tallest layer
 * @param {number} space.rows
 * @param {number} space.scale  device pixels a CSS px
 * @param {number} space.zoom  1: fits
 * @param {boolean} space.isDeep  not all maps need to be in sight
 * @param {Points} space.points  the room for maps of one value, device pixels
 * @param {number} [space.strip]  width of a vector's strip, device pixels
 * @returns {{size: number, most: number, isFitting: boolean, isOverlong: boolean}} device pixels; maps beside each other at most;
 *   whether all of it is in sight unzoomed; whether it is not half of it
 */
export function overviewSize(layers, space) {
  const { width, between, scrollBar, height, rows, scale, zoom, isDeep, points, strip } = space;
  const gap = Math.max(1, Math.round(scale));
  const smallest = 2 * SIZE_STEP_PX;
  const highest = (height / rows) * scale - gap;
  const beside = isDeep ? MOST_BESIDE : [Infinity];
  const total = (/** @type {number} */ size, /** @type {number} */ most) =>
    layers.reduce((sum, { shape, title }) => {
      if (blockKind(shape) !== 'maps') return sum + title + between;
      const grid = mapGrid(shape.output_shape, {
        size,
        rows,
        gap,
        most,
        shown: rows,
        points,
        strip,
      });
      const maps = (grid.width + gap) / scale;
      const isWhole = grid.shownRows === grid.gridRows;
      return sum + Math.max(title, isWhole ? maps : maps + scrollBar) + between;
    }, 0);
  const fewest = beside[beside.length - 1];
  // Where the smallest do not fit, it is scrolled, and they take what the titles leave.
  const limit = Math.max(width, total(smallest, fewest));
  const fitting = (/** @type {number} */ most) => {
    let size = Math.max(smallest, Math.floor(highest / SIZE_STEP_PX) * SIZE_STEP_PX);
    while (size > smallest && total(size, most) > limit) size -= SIZE_STEP_PX;
    return size;
  };
  const isReadable = (/** @type {number} */ most) => fitting(most) >= READABLE_PX * scale;
  // Fewer that are no larger show less.
  const isAsLarge = (/** @type {number} */ most) =>
    fitting(most) === fitting(fewest) && total(fitting(most), most) <= limit;
  const most = /** @type {number} */ (beside.find(isReadable) ?? beside.find(isAsLarge));
  const fit = fitting(most);
  const size = Math.floor((fit * zoom) / SIZE_STEP_PX) * SIZE_STEP_PX;
  const needed = total(fit, most);
  return { size, most, isFitting: needed <= width, isOverlong: needed > 2 * width };
}
