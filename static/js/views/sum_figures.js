import { fixed } from '../core/number.js';
import { ownFigure } from './map_figures.js';

/** @import {Figure, FiguresModel} from './map_figures.js' */

/** A map's side, CSS px. */
const SIDE_PX = 168;

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
  const total = Float32Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < count; c += 1) sum += partials.data[c * size + i];
    return sum;
  });
  const base = {
    rows,
    columns,
    cell: Math.max(3, Math.floor(SIDE_PX / Math.max(rows, columns))),
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
      title: count === 1 ? 'partial map' : `sum of ${count} partial maps`,
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
      title: `${behind.how('·')} = ${behind.name}`,
      label: `What ${behind.kind} leaves of the map: ${behind.name}`,
      grid: { ...base, values: behind.tensor.data.subarray(start, start + size) },
      point,
      choose,
    });
  }
  return figures;
}
