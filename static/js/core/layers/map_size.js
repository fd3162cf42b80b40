import { blockKind } from './layout.js';

/** @import {LayerShape} from './layout.js' */

/** Map sizes step by 7 device pixels: 7×7 maps stay exact, 14×14 at every second step. */
const SIZE_STEP_PX = 7;

/** Of hundreds of maps so many lie beside each other: as many as let a map be as large as this, CSS px. */
const MOST_BESIDE = [8, 4, 2];
const READABLE_PX = 21;

/**
 * The columns all map grids need together.
 * @param {readonly LayerShape[]} layers
 * @param {number} rows  maps below each other
 * @param {number} [most]  columns of one grid
 */
export function totalColumns(layers, rows, most = Infinity) {
  return layers
    .filter((layer) => blockKind(layer) === 'maps')
    .reduce((sum, { output_shape: [count] }) => sum + Math.min(most, Math.ceil(count / rows)), 0);
}

/**
 * The size of a map with which the whole network fits, a multiple of 7 device pixels.
 * @param {object} space
 * @param {number} space.width  CSS px for the map grids alone
 * @param {number} space.height  CSS px for the maps of the tallest layer
 * @param {number} space.columns  of all map grids
 * @param {number} space.rows
 * @param {number} space.scale  device pixels a CSS px
 * @param {number} space.zoom  1: fits
 * @param {number} [space.least]  CSS px of a column that its title takes anyway
 * @returns {number} device pixels, ≥ 14
 */
export function mapSize({ width, height, columns, rows, scale, zoom, least = 0 }) {
  const across = Math.max(width / columns, least);
  const fit = Math.min(across, height / rows) * scale - Math.max(1, Math.round(scale));
  const step = SIZE_STEP_PX;
  return Math.max(2 * step, Math.floor((fit * zoom) / step) * step);
}

/**
 * The size of a map with which a deep network fits: of layers with hundreds of maps as many as possible lie
 * beside each other, unless fewer let all be larger.
 * @param {readonly {shape: LayerShape, title: number}[]} layers  each with the CSS px its title takes
 * @param {object} space
 * @param {number} space.width  CSS px for them all
 * @param {number} space.between  CSS px behind each
 * @param {number} space.scrollBar  CSS px of it, where not all maps are in sight
 * @param {number} space.height  CSS px for the maps of the tallest layer
 * @param {number} space.rows
 * @param {number} space.scale  device pixels a CSS px
 * @param {number} space.zoom  1: fits
 * @returns {{size: number, most: number}} device pixels; maps beside each other at most
 */
export function deepSize(layers, { width, between, scrollBar, height, rows, scale, zoom }) {
  const gap = Math.max(1, Math.round(scale));
  const smallest = 2 * SIZE_STEP_PX;
  const highest = (height / rows) * scale - gap;
  const total = (/** @type {number} */ size, /** @type {number} */ most) =>
    layers.reduce((sum, { shape, title }) => {
      const columns = totalColumns([shape], rows, most);
      const maps = (columns * (size + gap)) / scale;
      const isWhole = columns === totalColumns([shape], rows);
      return sum + Math.max(title, isWhole ? maps : maps + scrollBar) + between;
    }, 0);
  const fewest = MOST_BESIDE[MOST_BESIDE.length - 1];
  // Where the smallest do not fit, it is scrolled, and they take what the titles leave.
  const limit = Math.max(width, total(smallest, fewest));
  const fitting = (/** @type {number} */ most) => {
    let size = Math.max(smallest, Math.floor(highest / SIZE_STEP_PX) * SIZE_STEP_PX);
    while (size > smallest && total(size, most) > limit) size -= SIZE_STEP_PX;
    return size;
  };
  const isReadable = (/** @type {number} */ most) => fitting(most) >= READABLE_PX * scale;
  const most = MOST_BESIDE.find(isReadable) ?? fewest;
  const size = Math.floor((fitting(most) * zoom) / SIZE_STEP_PX) * SIZE_STEP_PX;
  return { size, most };
}
