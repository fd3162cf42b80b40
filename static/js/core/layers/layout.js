import { mapGrid } from './map_grid.js';
import { wiringOf } from './wiring.js';
import { mapsOf } from '../tensor.js';

/**
 * How a layer is drawn: maps in a grid, a vector folded into a strip, or probabilities as bars.
 * @typedef {'maps' | 'strip' | 'bars'} BlockKind
 *
 * A layer as the overview places it. Lengths are device pixels.
 * @typedef {object} Block
 * @property {string} name
 * @property {BlockKind} kind
 * @property {number} count  maps or units
 * @property {number} gridRows  maps (units) below each other
 * @property {number} [shownRows]  so many of them at a time, where not all
 * @property {number} gridColumns  maps (units) beside each other
 * @property {number} cellWidth  of one map or unit
 * @property {number} cellHeight
 * @property {number} gap  between maps
 * @property {import('./map_grid.js').MapGrid['groups']} [groups]
 * @property {number} width
 * @property {number} height
 *
 * @typedef {{name: string, kind: string, input_shape: readonly number[],
 *   output_shape: readonly number[]}} LayerShape
 */

/** Maps below each other in the overview, in the strip above an open layer. */
export const OVERVIEW_ROWS = 16;
export const STRIP_ROWS = 8;

/** @param {LayerShape} layer @returns {BlockKind} */
export function blockKind(layer) {
  if (wiringOf(layer).isShare) return 'bars';
  return layer.output_shape.length === 3 ? 'maps' : 'strip';
}

/**
 * The shape that stands below a layer's name: of a grey image its height and width alone.
 * @param {LayerShape} layer
 */
export function titleShape({ name, output_shape: shape }) {
  return name === 'input' && shape[0] === 1 ? shape.slice(1) : shape;
}

/**
 * A vector folded so that its order reads left to right, then down. A flattened volume folds at
 * its maps' width, so each map keeps its shape, or at a multiple where it would be too high.
 * @param {number} count
 * @param {number} height  device pixels there are
 * @param {number} folded  units beside each other, at least
 * @param {boolean} [isCompact]  cells may be less than a pixel high
 */
function stripCells(count, height, folded, isCompact) {
  let fold = folded;
  if (!isCompact) while (fold > 1 && Math.ceil(count / fold) > height) fold *= 2;
  const gridRows = Math.ceil(count / fold);
  return { fold, gridRows, cellHeight: Math.max(isCompact ? 0 : 1, height / gridRows) };
}

/**
 * The blocks of the overview.
 * @param {readonly LayerShape[]} layers  in data order
 * @param {import('./map_grid.js').GridOptions & {strip: number, isCompact?: boolean}} options  device pixels;
 *   strip: width of a vector's strip; isCompact: a vector with more units than pixels shows a part of them
 * @returns {Block[]}
 */
export function placeLayers(layers, options) {
  const { size, rows, gap, strip, isCompact, columns } = options;
  const fullHeight = rows * (size + gap) - gap;
  return layers.map((layer) => {
    const { count } = mapsOf(layer.output_shape);
    const kind = blockKind(layer);
    const base = { name: layer.name, kind, count };
    if (kind === 'maps') return { ...base, ...mapGrid(layer.output_shape, options) };
    const isFolded = Boolean(wiringOf(layer).isFolded) && layer.input_shape.length === 3;
    const folded = isFolded ? mapsOf(layer.input_shape).columns : 1;
    if (columns)
      return { ...base, ...lyingStrip(count, strip, columns * (size + gap) - gap, isFolded) };
    const { fold, gridRows, cellHeight } = stripCells(count, fullHeight, folded, isCompact);
    const cellWidth = isFolded ? Math.max(1, Math.round(strip / fold)) : strip;
    return {
      ...base,
      gridRows,
      gridColumns: fold,
      cellWidth,
      cellHeight,
      gap: 0,
      width: cellWidth * fold,
      height: isCompact ? fullHeight : Math.max(fullHeight, gridRows),
    };
  });
}

/**
 * A vector lying down, for stacked layers: folded into lines as long as the page is wide.
 * @param {number} count
 * @param {number} thickness  device pixels of one line
 * @param {number} width  device pixels there are
 * @param {boolean} isFolded  many values: lines of 2-px cells
 */
function lyingStrip(count, thickness, width, isFolded) {
  const perLine = isFolded ? Math.floor(width / 2) : count;
  const gridRows = Math.ceil(count / perLine);
  const cellHeight = isFolded ? 4 : thickness;
  return {
    gridRows,
    gridColumns: perLine,
    cellWidth: width / perLine,
    cellHeight,
    gap: 0,
    width,
    height: gridRows * cellHeight,
  };
}

/**
 * The map (unit) and cell under a point, or null between maps.
 * @param {Block} block
 * @param {{rows: number, columns: number}} map  cells of one map
 * @param {number} x  device pixels from the block's left
 * @param {number} y  device pixels from its top
 * @returns {{channel: number, row: number, column: number} | null}
 */
export function cellAt(block, map, x, y) {
  const [stepX, stepY] = [block.cellWidth + block.gap, block.cellHeight + block.gap];
  const { size, gap } = block.groups ?? { size: block.gridColumns, gap: 0 };
  const group = Math.floor(x / (size * stepX + gap));
  const beside = x - group * gap;
  const [gx, gy] = [Math.floor(beside / stepX), Math.floor(y / stepY)];
  if (gx < 0 || gy < 0 || gx >= block.gridColumns || gy >= block.gridRows) return null;
  if (gx >= (group + 1) * size) return null;
  const channel = gy * block.gridColumns + gx;
  if (channel >= block.count) return null;
  if (block.kind !== 'maps') return { channel, row: 0, column: 0 };
  const [inX, inY] = [beside - gx * stepX, y - gy * stepY];
  if (inX >= block.cellWidth || inY >= block.cellHeight) return null;
  return {
    channel,
    row: Math.floor((inY * map.rows) / block.cellHeight),
    column: Math.floor((inX * map.columns) / block.cellWidth),
  };
}

/** The rectangle of a map or unit within its block, in device pixels. @param {Block} block @param {number} channel */
export function mapRect(block, channel) {
  const column = channel % block.gridColumns;
  const { size, gap } = block.groups ?? { size: block.gridColumns, gap: 0 };
  const x = column * (block.cellWidth + block.gap) + Math.floor(column / size) * gap;
  const y = Math.floor(channel / block.gridColumns) * (block.cellHeight + block.gap);
  return { x, y, width: block.cellWidth, height: block.cellHeight };
}
