import { fixed, shapeText } from '../core/number.js';
import { positionText } from '../core/roles.js';
import { mapsOf } from '../core/tensor.js';
import { winnerMap } from '../core/operations/max_pool2d.js';
import { windowOperands } from '../core/trace.js';

/**
 * @typedef {import('../core/tensor.js').Tensor} Tensor
 * @typedef {import('./cell.js').Explained} Explained
 * @typedef {import('./map.js').Figure} Figure
 * @typedef {{row: number, column: number}} Cell
 *
 * @typedef {object} Scales
 * @property {number} limit  of the map's colour range
 * @property {number} inputLimit
 * @property {{zero: number, span: number} | null} grey  the input's own scale, where it is the image
 */

/** A large map's side, CSS px. */
const SIDE_PX = 280;

/**
 * A grid of one channel.
 * @param {Tensor} tensor
 * @param {number} channel
 * @param {number} limit
 * @param {Partial<import('../render/grid.js').GridModel>} extra
 * @returns {import('../render/grid.js').GridModel}
 */
function gridOf(tensor, channel, limit, extra) {
  const { rows, columns } = mapsOf(tensor.shape);
  const values = tensor.data.subarray(channel * rows * columns, (channel + 1) * rows * columns);
  const cell = Math.max(3, Math.floor(SIDE_PX / Math.max(rows, columns)));
  return { values, rows, columns, cell, palette: 'activation', limit, isNumbered: true, ...extra };
}

/**
 * The window of the explained cell on its input map, or null where the layer has none.
 * @param {Explained} explained
 */
export function windowOf({ trace, position }) {
  if (trace?.kind === 'ReLU') return { ...position, rows: 1, columns: 1 };
  if (!trace || !('rows' in trace)) return null;
  const known = (/** @type {readonly (number | null)[]} */ lines) =>
    lines.flatMap((line) => line ?? []);
  const [rows, columns] = [known(trace.rows), known(trace.columns)];
  if (!rows.length || !columns.length) return null;
  return {
    row: Math.min(...rows),
    column: Math.min(...columns),
    rows: Math.max(...rows) - Math.min(...rows) + 1,
    columns: Math.max(...columns) - Math.min(...columns) + 1,
  };
}

/**
 * The pictures that show how a map of a volume comes about, for the kinds that have no panels.
 * @param {Explained} explained
 * @param {Scales} scales
 * @param {(cell: Cell | null) => void} point
 * @param {(cell: Cell) => void} choose
 * @returns {Figure[]}
 */
export function mapFigures(explained, { limit, inputLimit, grey }, point, choose) {
  const { layer, position, input, output, trace } = explained;
  const cursor = { row: position.row, column: position.column };
  const own = {
    title: `${layer.name} · map ${position.channel}`,
    note: shapeText(layer.output_shape.slice(1)),
    label: `${positionText(position, layer.output_shape)}: ${fixed(explained.torchValue, 4)}. Arrow keys walk.`,
    grid: gridOf(output, position.channel, limit, { cursor }),
    point,
    choose,
  };
  if (layer.kind === 'Conv2d' || !input || input.shape.length < 3) return [own];
  const window = windowOf(explained);
  const winners = trace?.kind === 'MaxPool2d' ? winnerMarks(explained) : [];
  const marks = [...winners, ...(window ? [window] : [])];
  const extra = grey ? { marks, palette: /** @type {const} */ ('input'), ...grey } : { marks };
  const before = {
    title: `${layer.inputs[0]} · map ${position.channel}`,
    note: winners.length ? 'the winners outlined' : shapeText(layer.input_shape.slice(1)),
    label: `The map of ${layer.inputs[0]} that this one is made from`,
    grid: gridOf(input, position.channel, inputLimit, extra),
  };
  return [before, own];
}

/**
 * A faint outline around the winner of every window.
 * @param {Explained} explained
 */
function winnerMarks({ layer, position, input }) {
  if (!input) return [];
  const [, height, width] = input.shape;
  const values = input.data.subarray(position.channel * height * width);
  return Array.from(winnerMap(windowOperands(layer, input, {}), position.channel), (index) => ({
    row: Math.floor(index / width),
    column: index % width,
    rows: 1,
    columns: 1,
    isFaint: true,
    // A window of zeros has a winner only by the rule for ties.
    ...(values[index] === 0 ? { opacity: 0.14 } : {}),
  }));
}

/**
 * The sum of a convolution's partial maps, its bias added, and what the activation function makes
 * of it: three pictures of one line.
 * @param {Explained} explained
 * @param {Tensor} partials  (C_in, H_out, W_out)
 * @param {{name: string, tensor: Tensor} | null} behind
 * @param {Scales} scales
 * @param {(cell: Cell | null) => void} point
 * @param {(cell: Cell) => void} choose
 * @returns {Figure[]}
 */
export function sumFigures(explained, partials, behind, scales, point, choose) {
  const { position, parameters } = explained;
  const [count, rows, columns] = partials.shape;
  const size = rows * columns;
  const total = Float32Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < count; c += 1) sum += partials.data[c * size + i];
    return sum;
  });
  const bias = parameters?.bias?.data[position.channel] ?? 0;
  const cursor = { row: position.row, column: position.column };
  const cell = Math.max(3, Math.floor(168 / Math.max(rows, columns)));
  const base = {
    rows,
    columns,
    cell,
    palette: /** @type {const} */ ('activation'),
    limit: scales.limit,
    cursor,
  };
  const [own] = mapFigures(explained, scales, point, choose);
  /** @type {Figure[]} */
  const figures = [
    {
      title: count === 1 ? 'partial map' : `sum of ${count} partial maps`,
      label: 'The partial maps added up',
      grid: { ...base, values: total },
      point,
      choose,
    },
    {
      ...own,
      title: `bias ${fixed(bias, 4)} = ${own.title}`,
      note: '',
      grid: { ...own.grid, cell },
    },
  ];
  if (behind) {
    const values = behind.tensor.data.subarray(
      position.channel * size,
      (position.channel + 1) * size,
    );
    const label = `What ReLU leaves of the map: ${behind.name}`;
    figures.push({
      title: `max(0, ·) = ${behind.name}`,
      label,
      grid: { ...base, values },
      point,
      choose,
    });
  }
  return figures;
}
