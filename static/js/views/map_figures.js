import { partNote } from '../core/encoding.js';
import { isConnected } from '../core/layers/conv2d.js';
import { positionText } from '../core/layers/place.js';
import { fixed, shapeText } from '../core/number.js';
import { mapsOf } from '../core/tensor.js';

/**
 * @import {Explained} from '../core/layers/explain.js'
 * @import {Tensor} from '../core/tensor.js'
 * @import {GridModel} from '../render/grid.js'
 * @typedef {{row: number, column: number}} Cell
 *
 * A map of numbers with its heading; `sign` is what stands before it.
 * @typedef {{title: string, note?: string, grid: GridModel, label: string, sign?: string,
 *   point?: (cell: Cell | null) => void, choose?: (cell: Cell) => void}} Figure
 *
 * @typedef {object} FiguresModel
 * @property {Explained} explained
 * @property {(layer: string, channel: number) => number} limitAt  of a map's colour range
 * @property {(layer: string) => import('./hover_label.js').Grey} greyOf
 * @property {Tensor | null} partials  the map before its channels are summed
 * @property {{name: string, kind: string, tensor: Tensor, how: (value: string) => string} | null} behind
 *   the activation function that follows
 * @property {(cell: Cell | null) => void} point
 * @property {(cell: Cell) => void} choose
 */

/** The side of a map of a sum, CSS px. */
const SUM_PX = 168;
/** A large map's side, CSS px. */
const SIDE_PX = 280;
/** A map whose cells are larger than it asks for, so that they are seen: how large they and it may be, CSS px. */
const FINE = { cell: 3, side: 256 };

/**
 * The size of a cell of a map with so many of them along its longer side: a whole number of pixels, or so
 * small that the map has room.
 * @param {number} longest
 * @param {number} side  wanted of the map, CSS px
 */
function cellSize(longest, side) {
  const seen = Math.min(FINE.cell, Math.floor(FINE.side / longest));
  return Math.max(Math.floor(side / longest), seen) || FINE.side / longest;
}

/**
 * The sum of a convolution's partial maps, its bias added, and what the activation function makes
 * of it: three pictures of one line.
 * @param {FiguresModel} model
 * @returns {Figure[]}
 */
export function sumFigures(model) {
  const { explained, partials, behind, limitAt, point, choose } = model;
  if (!partials) return [ownFigure(model)];
  const { layer, position, parameters } = explained;
  const [count, rows, columns] = partials.shape;
  const size = rows * columns;
  const isMet = (/** @type {number} */ map) => isConnected(layer, position.channel, map);
  const met = Array.from({ length: count }, (_, map) => map).filter(isMet).length;
  const total = Float32Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < count; c += 1) sum += partials.data[c * size + i];
    return sum;
  });
  const base = {
    rows,
    columns,
    cell: cellSize(Math.max(rows, columns), SUM_PX),
    palette: /** @type {const} */ ('activation'),
    limit: limitAt(layer.name, position.channel),
    cursor: { row: position.row, column: position.column },
  };
  const own = ownFigure(model);
  const bias = parameters.bias?.data[position.channel];
  const title = bias === undefined ? own.title : `bias ${fixed(bias, 4)} = ${own.title}`;
  /** @type {Figure[]} */
  const figures = [
    {
      title: met === 1 ? 'partial map' : `sum of ${met} partial maps`,
      label: 'The partial maps added up',
      grid: { ...base, values: total },
      point,
      choose,
    },
    {
      ...own,
      title,
      note: '',
      grid: { ...own.grid, cell: base.cell },
      sign: bias === undefined ? '=' : '+',
    },
  ];
  if (behind) {
    const start = position.channel * size;
    figures.push({
      title: `${behind.how('x')} = ${behind.name}`,
      label: `What ${behind.kind} leaves of the map: ${behind.name}`,
      grid: { ...base, values: behind.tensor.data.subarray(start, start + size) },
      point,
      choose,
    });
  }
  return figures;
}

/**
 * A grid of one channel.
 * @param {Tensor} tensor
 * @param {number} channel
 * @param {number} limit
 * @param {Partial<GridModel>} extra
 * @param {number} [side]  CSS px
 * @returns {GridModel}
 */
function gridOf(tensor, channel, limit, extra, side = SIDE_PX) {
  const { rows, columns } = mapsOf(tensor.shape);
  const values = tensor.data.subarray(channel * rows * columns, (channel + 1) * rows * columns);
  const cell = cellSize(Math.max(rows, columns), side);
  return { values, rows, columns, cell, palette: 'activation', limit, isNumbered: true, ...extra };
}

/** The map that is explained. @param {FiguresModel} model @returns {Figure} */
export function ownFigure({ explained, limitAt, point, choose }) {
  const { layer, position, output, torchValue } = explained;
  const cursor = { row: position.row, column: position.column };
  return {
    title: `${layer.name} · map ${position.channel}${partNote(layer, position.channel)}`,
    note: shapeText(layer.output_shape.slice(1)),
    label: `${positionText(position, layer.output_shape, layer)}: ${fixed(torchValue, 4)}. Arrow keys walk.`,
    grid: gridOf(output, position.channel, limitAt(layer.name, position.channel), { cursor }),
    point,
    choose,
  };
}

/**
 * A map of one of the inputs.
 * @param {FiguresModel} model
 * @param {{input: number, channel: number}} read
 * @param {Partial<GridModel> & {side?: number}} extra
 * @returns {Figure}
 */
export function inputFigure({ explained, limitAt, greyOf }, { input, channel }, extra) {
  const { side, ...more } = extra;
  const source = explained.sources[input];
  const { name, output_shape: shape } = source;
  const grey = greyOf(name);
  const palette = grey ? { palette: /** @type {const} */ ('input'), ...grey } : {};
  return {
    title: `${name} · map ${channel}${partNote(source, channel)}`,
    note: shapeText(shape.slice(1)),
    label: `The map of ${name} that this one is made from`,
    grid: gridOf(
      explained.inputs[input],
      channel,
      limitAt(name, channel),
      { ...palette, ...more },
      side,
    ),
  };
}

/**
 * How a map comes about: the maps it is read from, the cells that make the explained one outlined, and
 * the map itself.
 * @param {FiguresModel} model
 * @returns {Figure[]}
 */
export function mapFigures(model) {
  const { kind, trace, position, layer } = model.explained;
  if (layer.output_shape.length < 3) return [];
  const reads = trace ? (kind.reads?.(trace, position) ?? []) : [];
  const before = reads.map((read, index) => ({
    ...inputFigure(model, read, { marks: [read] }),
    ...(index > 0 ? { sign: kind.sign } : {}),
  }));
  return [...before, ownFigure(model)];
}
