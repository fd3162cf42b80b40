import { mapsOf } from '../tensor.js';

/**
 * How the maps of a layer lie, row by row. Lengths are device pixels.
 * @typedef {object} MapGrid
 * @property {number} gridRows  maps below each other
 * @property {number} shownRows  so many of them at a time
 * @property {number} gridColumns  maps beside each other
 * @property {number} cellWidth  of one map
 * @property {number} cellHeight
 * @property {number} gap  between maps
 * @property {{size: number, gap: number}} [groups]  maps beside each other that belong together, and what
 *   parts them from the next in addition
 * @property {number} width
 * @property {number} height  of the rows that are shown
 *
 * @typedef {object} GridOptions  device pixels
 * @property {number} size  of a map's longer side
 * @property {number} rows  maps below each other; for a stack, columns are given instead
 * @property {number} gap
 * @property {number} [columns]  maps beside each other (stacked layers on a phone)
 * @property {number} [most]  maps beside each other at most; those that do not fit are scrolled to
 * @property {number} [shown]  rows of maps at a time, where there may be more
 * @property {number} [strip]  width of a vector's strip: maps that are vectors take that much together, too
 * @property {Points} [points]  without it maps of one value are as large as others
 *
 * The room for maps of one value, which are no pictures: how wide they may lie, and how small one may be.
 * @typedef {{width: number, least: number}} Points
 */

/**
 * A grid with the room that it takes.
 * @param {Omit<MapGrid, 'width' | 'height'>} lying
 * @returns {MapGrid}
 */
export function gridOf(lying) {
  const { gridColumns, shownRows, cellWidth, cellHeight, gap, groups } = lying;
  const apart = groups ? (Math.ceil(gridColumns / groups.size) - 1) * groups.gap : 0;
  return {
    ...lying,
    width: gridColumns * (cellWidth + gap) - gap + apart,
    height: shownRows * (cellHeight + gap) - gap,
  };
}

/**
 * A map's size, whose longer side is given. One of a single row or column is a vector, which has no shape to keep:
 * it is wide enough to be hit.
 * @param {readonly number[]} shape  (C, H, W)
 * @param {number} size
 * @param {number} gridColumns
 * @param {GridOptions} options
 */
function cellSize([, rows, columns], size, gridColumns, options) {
  const { strip = 1, columns: stacked } = options;
  const half = Math.floor(size / 2);
  const [narrow, low] = [stacked ? half : Math.min(size, Math.ceil(strip / gridColumns)), half];
  const of = (/** @type {number} */ cells, /** @type {number} */ least) =>
    Math.max(cells === 1 ? least : 1, Math.round((size * cells) / Math.max(rows, columns)));
  return { width: of(columns, narrow), height: of(rows, low) };
}

/**
 * @param {readonly number[]} shape  (C, H, W)
 * @param {GridOptions} options
 * @returns {MapGrid}
 */
export function mapGrid(shape, options) {
  const { count, rows, columns } = mapsOf(shape);
  const isPoint = rows * columns === 1 && options.points !== undefined;
  const lying = isPoint ? pointsLying(count, options) : mapsLying(count, options);
  const { gap } = options;
  const { size, gridColumns, shown } = lying;
  const gridRows = Math.ceil(count / gridColumns);
  const shownRows = Math.min(gridRows, shown);
  const { width: cellWidth, height: cellHeight } = cellSize(shape, size, gridColumns, options);
  return gridOf({ gridRows, shownRows, gridColumns, cellWidth, cellHeight, gap });
}

/** @param {number} count @param {GridOptions} options */
function mapsLying(count, { size, rows, columns, most = Infinity, shown = Infinity }) {
  const gridColumns = columns ? Math.min(columns, count) : Math.min(most, Math.ceil(count / rows));
  return { size, gridColumns, shown };
}

/**
 * Maps of one value: squares as large as lets all of them stand in a narrow column as high as others; the
 * smallest where even these do not. In a stack, half as large where not all would be seen.
 * @param {number} count
 * @param {GridOptions} options
 */
function pointsLying(count, options) {
  const { size, rows, gap, columns, shown = Infinity } = options;
  const { width, least } = /** @type {Points} */ (options.points);
  if (columns) {
    if (count <= columns * shown) return mapsLying(count, options);
    return { size: Math.floor((size - gap) / 2), gridColumns: 2 * columns, shown: 2 * shown };
  }
  const height = rows * (size + gap);
  const fit = (/** @type {number} */ length, /** @type {number} */ side) =>
    Math.max(1, Math.floor(length / (side + gap)));
  let side = size;
  while (side > least && Math.ceil(count / fit(height, side)) > fit(width + gap, side)) side -= 1;
  const shownRows = fit(height, side);
  const needed = Math.ceil(count / shownRows);
  return { size: side, gridColumns: Math.min(needed, fit(width + gap, side)), shown: shownRows };
}
