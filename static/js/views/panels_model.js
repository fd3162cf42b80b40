import { largest } from '../core/range.js';
import { limitOf } from './cell_parts.js';

/**
 * @import {Explained} from '../core/layers/explain.js'
 * @import {Block} from '../core/stage/equation.js'
 * @import {Tensor} from '../core/tensor.js'
 * @import {PanelsModel} from '../render/panels.js'
 */

/**
 * A convolution's panels: what is read, with its kernels and what each makes of it.
 * @param {Explained} explained
 * @param {Tensor} partials
 * @param {PanelsModel['inputScale']} inputScale
 * @param {number} selected  among the maps that are read
 * @returns {PanelsModel | null}
 */
export function panelsOf(
  { inputs: [input], parameters, position, trace },
  partials,
  inputScale,
  selected,
) {
  const { weight } = parameters;
  if (!weight || !trace) return null;
  /** @type {Block[]} */
  const blocks = trace.equation.blocks;
  const [, count, height, width] = weight.shape;
  const size = count * height * width;
  const own = weight.data.subarray(position.channel * size, (position.channel + 1) * size);
  return {
    inputs: input,
    channels: blocks.map(({ channel }) => channel),
    kernels: {
      shape: [count, height, width],
      data: own,
    },
    partials,
    inputScale,
    // The filter's own: beside another with larger weights its kernels would be blank.
    kernelLimit: limitOf(own),
    partialLimit: largest(partials.data.map(Math.abs)),
    window: windowOf(blocks[0]),
    cell: { row: position.row, column: position.column },
    selected,
  };
}

/** The window as it lies on the maps, what reaches beyond them included. @param {Block} block */
function windowOf({ cells }) {
  const rows = cells.map(({ down }) => down.input);
  const columns = cells.map(({ across }) => across.input);
  const [top, left] = [Math.min(...rows), Math.min(...columns)];
  return {
    top,
    left,
    rows: Math.max(...rows) - top + 1,
    columns: Math.max(...columns) - left + 1,
  };
}
