// A convolution's map before its channels are summed.

import { channelsOf } from '../operands.js';
import { outputSize, windowAxes } from '../operations/axis.js';
import { sourceTable } from '../operations/window.js';

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
