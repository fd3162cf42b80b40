import { counted } from '../number.js';
import { channelsOf } from '../operands.js';
import { outputSize, windowAxes } from '../operations/axis.js';
import { sourceTable } from '../operations/window.js';
import { namesText } from '../sentences.js';
import { readSettings } from '../settings.js';
import { windowed } from './window.js';

/**
 * @import {Layer} from './registry.js'
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

/**
 * Whether a filter has a kernel for a map of the input: `feeds` says so of the maps of one that reads only some.
 * @param {Pick<Layer, 'settings'>} layer
 * @param {number} filter
 * @param {number} map
 */
export const isConnected = ({ settings: { feeds } }, filter, map) =>
  !feeds || feeds[filter].includes(map);

/**
 * Which maps of the input are not connected to a filter, in a sentence with a space before it.
 * @param {Pick<Layer, 'settings' | 'input_shape'>} layer
 * @param {number} filter
 */
function apartText(layer, filter) {
  const all = Array.from({ length: layer.input_shape[0] }, (_, map) => map);
  const apart = all.filter((map) => !isConnected(layer, filter, map)).map(String);
  if (apart.length === 0) return '';
  return apart.length === 1
    ? ` Map ${apart[0]} is not connected to it.`
    : ` Maps ${namesText(apart)} are not connected to it.`;
}

/** A convolution. */
export const conv2d = windowed({
  kind: 'Conv2d',
  operation: 'conv2d',
  hasParameters: true,
  role({ input_shape: [inputs], output_shape: [filters], settings: { groups, bias, feeds } }) {
    const each = inputs / groups;
    const which = filters === 1 ? 'The filter' : `Each of the ${filters} filters`;
    if (each === 1) {
      const read = inputs === 1 ? 'the input' : `one of the ${inputs} input maps`;
      return `${which} slides its kernel over ${read}${bias ? ' and adds its bias' : ''}.`;
    }
    const adds = bias ? 'adds the results and its bias' : 'adds the results';
    if (feeds) {
      const pairs = `${feeds.flat().length} of ${filters * inputs} pairs`;
      return `${which} slides one kernel over each input map that is connected to it (${pairs} are) and ${adds}.`;
    }
    const read = groups === 1 ? `the ${inputs} input maps` : `the ${each} input maps of its group`;
    return `${which} slides one kernel over each of ${read} and ${adds}.`;
  },
  mapRole(layer, channel) {
    const { inputs, input_shape: shape, output_shape, settings } = layer;
    const [source, maps, { groups, bias, feeds }] = [inputs.join(), shape[0], settings];
    const each = maps / groups;
    if (each === 1) {
      const map = Math.floor((channel * groups) / output_shape[0]);
      const read = maps === 1 ? 'the input' : `map ${map} of ${source}`;
      return `The kernel slides over ${read}; its results${bias ? ' and one bias' : ''} make this map.`;
    }
    const count = feeds ? feeds[channel].length : each;
    const results = `${counted(count, 'result')}${bias ? ' and one bias' : ''}`;
    const adds = count === 1 && !bias ? 'makes' : 'add up to';
    const read = groups === 1 ? `the ${maps} maps` : `${each} of the ${maps} maps`;
    const met = `Each of ${feeds ? `${count} of the ${maps} maps` : read} of ${source} meets its own kernel`;
    return `${met}; the ${results} ${adds} this map.${apartText(layer, channel)}`;
  },
  factors({ input_shape: [inputs], output_shape: [filters, rows, columns], settings }) {
    const { groups, feeds, kernel_size: size } = settings;
    const kernels = feeds ? [feeds.flat().length] : [filters, inputs / groups];
    return [rows, columns, ...kernels, ...size];
  },
  partials({ layer, inputs: [input], parameters: { weight } }, channel) {
    return weight ? partialMaps(input, weight, readSettings(layer.settings), channel) : null;
  },
});
