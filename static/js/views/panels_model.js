import { largest } from '../core/range.js';
import { readSettings } from '../core/settings.js';
import { limitOf } from './cell_parts.js';

/**
 * @typedef {import('../core/tensor.js').Tensor} Tensor
 * @typedef {import('./cell.js').Explained} Explained
 */

/**
 * A convolution's panels.
 * @param {Explained} explained
 * @param {Tensor} partials
 * @param {import('../render/panels.js').PanelsModel['inputScale']} inputScale
 * @param {number} selected
 * @returns {import('../render/panels.js').PanelsModel | null}
 */
export function panelsOf(explained, partials, inputScale, selected) {
  const { input, parameters, position, layer } = explained;
  if (!input || !parameters) return null;
  const [, count, height, width] = parameters.weight.shape;
  const size = count * height * width;
  const kernels = {
    shape: [count, height, width],
    data: parameters.weight.data.subarray(position.channel * size, (position.channel + 1) * size),
  };
  const { padding, stride, dilation, kernelSize } = readSettings(layer.settings);
  return {
    inputs: input,
    kernels,
    partials,
    inputScale,
    kernelLimit: limitOf(parameters.weight.data),
    partialLimit: largest(partials.data.map(Math.abs)),
    window: {
      top: position.row * stride[0] - padding.top,
      left: position.column * stride[1] - padding.left,
      rows: dilation[0] * (kernelSize[0] - 1) + 1,
      columns: dilation[1] * (kernelSize[1] - 1) + 1,
    },
    cell: { row: position.row, column: position.column },
    selected,
  };
}
