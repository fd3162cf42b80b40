// Which cells of a layer's input belong to a cell of its output, and the other way round, for every
// kind of layer: what a highlight on both sides of an operation needs.
//
// inputsOf(layer, position)      the input channels, rows and columns that one output value reads
// outputsOf(layer, position)     the output channels and cells that read one input value

import { axesOf, readSettings } from './settings.js';
import { flattenSource } from './trace_dense.js';
import { readersAt, windowAt } from './window.js';

/**
 * @typedef {import('./operands.js').Position} Position
 * @typedef {import('./window.js').Source} Source
 * @typedef {import('./window.js').Reader} Reader
 *
 * Of a layer of the outline, what its links depend on. Shapes are (C, H, W) or (C).
 * @typedef {{
 *   readonly kind: string,
 *   readonly settings: import('./settings.js').LayerSettings,
 *   readonly input_shape: readonly number[],
 *   readonly output_shape: readonly number[],
 * }} LinkedLayer
 *
 * Null as a row or column is zero padding.
 * @typedef {{channels: number[], rows: Source[], columns: Source[]}} Inputs
 * @typedef {{channels: number[], cells: Reader[]}} Outputs
 */

/**
 * The numbers from `first` on.
 * @param {number} first
 * @param {number} count
 */
function range(first, count) {
  return Array.from({ length: count }, (_, index) => first + index);
}

/**
 * The two axes along which the layer's window moves.
 * @param {LinkedLayer} layer
 */
function axes({ settings, input_shape: [, height, width] }) {
  return axesOf(readSettings(settings), height, width);
}

/**
 * What one output value reads: the input's channels, rows and columns, whose product is the window.
 * @param {LinkedLayer} layer
 * @param {Position} position  in the output
 * @returns {Inputs}
 */
export function inputsOf(layer, position) {
  const { channel, row, column } = position;
  switch (layer.kind) {
    case 'Conv2d': {
      const { groups = 1 } = layer.settings;
      const size = layer.input_shape[0] / groups;
      const group = Math.floor(channel / (layer.output_shape[0] / groups));
      return { channels: range(group * size, size), ...windowAt(axes(layer), row, column) };
    }
    case 'MaxPool2d':
    case 'AvgPool2d':
      return { channels: [channel], ...windowAt(axes(layer), row, column) };
    case 'Flatten': {
      const source = flattenSource(layer.input_shape, channel);
      return { channels: [source.channel], rows: [source.row], columns: [source.column] };
    }
    case 'Linear':
    case 'Softmax':
      return { channels: range(0, layer.input_shape[0]), rows: [0], columns: [0] };
    default:
      return { channels: [channel], rows: [row], columns: [column] };
  }
}

/**
 * What reads one input value: every one of the cells in every one of the output channels.
 * @param {LinkedLayer} layer
 * @param {Position} position  in the input
 * @returns {Outputs}
 */
export function outputsOf(layer, position) {
  const { channel, row, column } = position;
  const here = { kernelRow: 0, kernelColumn: 0 };
  switch (layer.kind) {
    case 'Conv2d': {
      const { groups = 1 } = layer.settings;
      const size = layer.output_shape[0] / groups;
      const group = Math.floor(channel / (layer.input_shape[0] / groups));
      return { channels: range(group * size, size), cells: readersAt(axes(layer), row, column) };
    }
    case 'MaxPool2d':
    case 'AvgPool2d':
      return { channels: [channel], cells: readersAt(axes(layer), row, column) };
    case 'Flatten': {
      const [, height, width] = layer.input_shape;
      const index = (channel * height + row) * width + column;
      return { channels: [index], cells: [{ row: 0, column: 0, ...here }] };
    }
    case 'Linear':
    case 'Softmax':
      return { channels: range(0, layer.output_shape[0]), cells: [{ row: 0, column: 0, ...here }] };
    default:
      return { channels: [channel], cells: [{ row, column, ...here }] };
  }
}
