import { channelsOf } from '../operands.js';
import { outputSize, windowAxes } from '../operations/axis.js';
import { sourceTable } from '../operations/window.js';
import { readSettings } from '../settings.js';
import { windowed } from './window.js';

/**
 * @import {WindowSettings} from '../settings.js'
 * @import {Tensor} from '../tensor.js'
 */

/**
 * For one output channel, what each input channel contributes to its map, the bias left out: the
 * sum over the first axis, plus the bias, is the map.
 * @param {Tensor} input  (C_in, H, W)
 * @param {Tensor} weight  (C_out, C_in / groups, K_h, K_w)
 * @param {WindowSettings} settings
 * @param {number} channel  the output channel
 * @returns {Tensor}  (C_in / groups, H_out, W_out), summed in float64
 */
export function partialMaps(input, weight, settings, channel) {
  const [, height, width] = input.shape;
  const axes = windowAxes(settings, height, width);
  const [outHeight, outWidth] = [outputSize(axes.height), outputSize(axes.width)];
  const [rows, columns] = [sourceTable(axes.height), sourceTable(axes.width)];
  const [kernelHeight, kernelWidth] = settings.kernelSize;
  const channels = channelsOf(weight.shape, settings.groups, channel);
  const area = outHeight * outWidth;
  const data = new Float32Array(channels.length * area);
  const map = new Float64Array(area);
  channels.forEach((inputChannel, index) => {
    const plane = input.data.subarray(inputChannel * height * width);
    const first = (channel * channels.length + index) * kernelHeight * kernelWidth;
    map.fill(0);
    for (let a = 0; a < kernelHeight; a++) {
      const start = first + a * kernelWidth;
      const kernelRow = weight.data.subarray(start, start + kernelWidth);
      for (let row = 0; row < outHeight; row++) {
        const line = rows[row * kernelHeight + a];
        if (line >= 0) addRow(map, row * outWidth, plane, line * width, columns, kernelRow);
      }
    }
    data.set(map, index * area);
  });
  return { shape: [channels.length, outHeight, outWidth], data };
}

/**
 * Adds what one kernel row makes of one input row. Apart because it is called so often that the
 * engine compiles it within the first map.
 * @param {Float64Array} output
 * @param {number} outputStart  where the output row begins
 * @param {Float32Array} input
 * @param {number} inputStart  where the input row begins
 * @param {Int32Array} columns  the source table of the width
 * @param {Float32Array} kernel  one row of it
 */
function addRow(output, outputStart, input, inputStart, columns, kernel) {
  const kernelWidth = kernel.length;
  for (let entry = 0, column = outputStart; entry < columns.length; column++) {
    let total = 0;
    for (let b = 0; b < kernelWidth; b++, entry++) {
      const source = columns[entry];
      if (source >= 0) total += kernel[b] * input[inputStart + source];
    }
    output[column] += total;
  }
}

/** A convolution. */
export const conv2d = windowed({
  kind: 'Conv2d',
  operation: 'conv2d',
  hasParameters: true,
  role({ input_shape: [inputs], output_shape: [filters], settings: { groups, bias } }) {
    const each = inputs / groups;
    if (each === 1) {
      const read = inputs === 1 ? 'the input' : `one of the ${inputs} input maps`;
      return `Each of the ${filters} filters slides its kernel over ${read}${bias ? ' and adds its bias' : ''}.`;
    }
    const adds = bias ? 'adds the results and its bias' : 'adds the results';
    const read = groups === 1 ? `the ${inputs} input maps` : `the ${each} input maps of its group`;
    return `Each of the ${filters} filters slides one kernel over each of ${read} and ${adds}.`;
  },
  mapRole({ inputs: [source], input_shape: [maps], settings: { groups, bias } }) {
    const each = maps / groups;
    if (maps === 1) {
      return bias
        ? 'The kernel slides over the input; its results and one bias make this map.'
        : 'The kernel slides over the input; its results make this map.';
    }
    const results = bias ? `the ${each} results and one bias add up` : `the ${each} results add up`;
    const read = groups === 1 ? `the ${maps} maps` : `${each} of the ${maps} maps`;
    return `Each of ${read} of ${source} meets its own kernel; ${results} to this map.`;
  },
  factors({ input_shape: [inputs], output_shape: [filters, rows, columns], settings }) {
    return [rows, columns, filters, inputs / settings.groups, ...settings.kernel_size];
  },
  partials({ layer, inputs: [input], parameters: { weight } }, channel) {
    return weight ? partialMaps(input, weight, readSettings(layer.settings), channel) : null;
  },
});
