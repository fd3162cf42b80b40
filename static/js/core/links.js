// Which cells of a layer's input belong to a cell of its output, and the other way round, for every
// kind of layer: what a highlight on both sides of an operation needs.
//
// inputsOf(layer, position)      the input channels, rows and columns that one output value reads
// outputsOf(layer, position)     the output channels and cells that read one input value

import { poolAxes } from './pool_window.js';
import { axesOf, readSettings } from './settings.js';
import { flattenSource } from './flatten.js';
import { targets, transposedAxes, writers } from './transposed_axis.js';
import { readersAt, windowAt } from './window.js';

/**
 * @typedef {import('./operands.js').Position} Position
 * @typedef {import('./window.js').Source} Source
 * @typedef {import('./window.js').Reader} Reader
 * @typedef {{line: number, kernel: number}} Place
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

/** How a transposed convolution spreads the rows and the columns. @param {LinkedLayer} layer */
function spread({ settings, input_shape: [, height, width] }) {
  return transposedAxes(readSettings(settings), height, width);
}

/** How an adaptive pooling shares out the rows and the columns. @param {LinkedLayer} layer */
function shares({ settings, input_shape: [, height, width] }) {
  return poolAxes(readSettings(settings), height, width);
}

/**
 * The channels of the other side in the group of one channel.
 * @param {LinkedLayer} layer
 * @param {number} channel
 * @param {number} channels  of its own side
 * @param {number} others  channels of the other side
 */
function partners({ settings: { groups = 1 } }, channel, channels, others) {
  const size = others / groups;
  return range(Math.floor(channel / (channels / groups)) * size, size);
}

/**
 * The lines that are there, with the kernel line of each.
 * @param {Source[]} lines  by kernel line
 * @returns {Place[]}
 */
function places(lines) {
  return lines.flatMap((line, kernel) => (line === null ? [] : [{ line, kernel }]));
}

/**
 * The windows that hold an input line, and the line of the window that it is.
 * @param {import('./pool_window.js').PoolAxis} axis
 * @param {number} source
 * @returns {Place[]}
 */
function holders(axis, source) {
  return range(0, axis.size)
    .map((line) => ({ line, kernel: axis.sources(line).indexOf(source) }))
    .filter(({ kernel }) => kernel >= 0);
}

/**
 * Every cell of some rows and some columns.
 * @param {Place[]} down
 * @param {Place[]} across
 * @returns {Reader[]}
 */
function product(down, across) {
  return down.flatMap(({ line: row, kernel: kernelRow }) =>
    across.map(({ line: column, kernel: kernelColumn }) => ({
      row,
      column,
      kernelRow,
      kernelColumn,
    })),
  );
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
    case 'Conv2d':
      return {
        channels: partners(layer, channel, layer.output_shape[0], layer.input_shape[0]),
        ...windowAt(axes(layer), row, column),
      };
    case 'ConvTranspose2d': {
      const { height, width } = spread(layer);
      return {
        channels: partners(layer, channel, layer.output_shape[0], layer.input_shape[0]),
        rows: writers(height, row).map(({ source }) => source),
        columns: writers(width, column).map(({ source }) => source),
      };
    }
    case 'MaxPool2d':
    case 'AvgPool2d':
    case 'LPPool2d':
      return { channels: [channel], ...windowAt(axes(layer), row, column) };
    case 'AdaptiveMaxPool2d':
    case 'AdaptiveAvgPool2d': {
      const { height, width } = shares(layer);
      return { channels: [channel], rows: height.sources(row), columns: width.sources(column) };
    }
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
    case 'Conv2d':
      return {
        channels: partners(layer, channel, layer.input_shape[0], layer.output_shape[0]),
        cells: readersAt(axes(layer), row, column),
      };
    case 'ConvTranspose2d': {
      const { height, width } = spread(layer);
      return {
        channels: partners(layer, channel, layer.input_shape[0], layer.output_shape[0]),
        cells: product(places(targets(height, row)), places(targets(width, column))),
      };
    }
    case 'MaxPool2d':
    case 'AvgPool2d':
    case 'LPPool2d':
      return { channels: [channel], cells: readersAt(axes(layer), row, column) };
    case 'AdaptiveMaxPool2d':
    case 'AdaptiveAvgPool2d': {
      const { height, width } = shares(layer);
      return { channels: [channel], cells: product(holders(height, row), holders(width, column)) };
    }
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
