// What every pooling is made of: how its windows lie, and what becomes of each of them.

import { gather } from '../operands.js';
import { readSettings } from '../settings.js';
import { effectiveKernelSize, windowAxes } from './axis.js';
import { axisRefusal, geometryRefusal, refuse } from './checks.js';
import { movingAxes } from './moving_axis.js';

/**
 * @import {Position} from '../operands.js'
 * @import {LayerSettings} from '../settings.js'
 * @import {Operands, Operation} from './registry.js'
 * @import {Source} from './window.js'
 *
 * How the windows lie.
 * @typedef {Pick<Operation, 'read' | 'axes' | 'refusal' | 'note' | 'hasWindow'>} Windows
 *
 * What becomes of each of them.
 * @typedef {Pick<Operation, 'compute' | 'trace' | 'isMaximum' | 'kept' | 'sign'> & {
 *   readonly pooled: import('./registry.js').Pooled,
 *   readonly inputGradient: (operands: Operands, outputGradient: import('./frames.js').Values) =>
 *     Float64Array,
 * }} Reduction
 *
 * One window: its place among the outputs, its cells' places in the input and their values (padding
 * left out), and where it lies.
 * @typedef {{cell: number, row: number, column: number, places: Int32Array, values: Float64Array}}
 *   PooledWindow
 */

/** The settings of windows that move. @type {Operation['fields']} */
export const MOVING_FIELDS = ['kernel_size', 'stride', 'padding', 'dilation', 'ceil_mode'];

/** What the settings of a pooling are when nothing is said. @type {LayerSettings} */
const DEFAULTS = {
  ceil_mode: false,
  count_include_pad: true,
  divisor_override: null,
  norm_type: 2,
  output_size: 3,
};

/**
 * A pooling.
 * @param {Windows} windows
 * @param {Reduction} reduction
 * @param {Pick<Operation, 'name' | 'title' | 'group' | 'fields'>} words
 * @returns {Operation}
 */
export function pooling(windows, { inputGradient, pooled, ...reduction }, words) {
  return {
    ...words,
    ...windows,
    ...reduction,
    family: 'pool2d',
    defaults: DEFAULTS,
    views: ['forward', 'backward', 'compare'],
    path: '/pool2d',
    hasWeight: false,
    isTransposed: false,
    pooled,
    gradients: (operands, outputGradient) => ({
      input: { shape: [...operands.input.shape], data: inputGradient(operands, outputGradient) },
      weight: null,
      bias: null,
    }),
  };
}

/** Windows of a kernel's size that move over the input. @type {Windows} */
export const MOVING = {
  note: 'Each slider ends where no window would fit. Point at one to see why.',
  hasWindow: true,
  read: readSettings,
  axes: movingAxes,
  refusal(settings, shape) {
    if (settings.kernel_size === undefined) {
      return refuse(
        'kernel_size',
        'A pooling needs a kernel_size; only the adaptive and global kinds do without.',
      );
    }
    const own = { stride: null, ...settings, padding_mode: 'zeros' };
    return (
      geometryRefusal(own) ??
      widePaddingRefusal(own) ??
      divisorRefusal(settings.divisor_override ?? null) ??
      normRefusal(settings.norm_type ?? 2) ??
      axisRefusal(windowAxes(readSettings(own), shape[1], shape[2]))
    );
  },
};

/** Padding so wide that a window would see nothing else. @param {LayerSettings} settings */
function widePaddingRefusal(settings) {
  const { kernelSize, dilation, padding } = readSettings(settings);
  const { top, bottom, left, right } = padding;
  for (const [side, name, largest] of /** @type {const} */ ([
    [0, 'height', Math.max(top, bottom)],
    [1, 'width', Math.max(left, right)],
  ])) {
    const effective = effectiveKernelSize({
      kernelSize: kernelSize[side],
      dilation: dilation[side],
    });
    if (largest < effective) continue;
    return refuse(
      'padding',
      `Padding ${largest} is not below the effective kernel ${name} ${effective}: a window would ` +
        `see nothing but padding. Use a padding of at most ${effective - 1}.`,
    );
  }
  return null;
}

/** @param {number | null} divisor */
function divisorRefusal(divisor) {
  if (divisor === null) return null;
  if (!Number.isInteger(divisor)) {
    return refuse('divisor_override', `divisor_override has to be a whole number; got ${divisor}.`);
  }
  if (divisor !== 0) return null;
  return refuse(
    'divisor_override',
    'divisor_override is 0, and nothing divides by 0. Leave it out to divide by the size of the ' +
      'window.',
  );
}

/** @param {number} normType */
function normRefusal(normType) {
  if (normType > 0 && normType < Infinity) return null;
  return refuse('norm_type', `norm_type has to be a finite number above 0; got ${normType}.`);
}

/** The shape of the output. @param {Operands} operands @returns {[number, number, number]} */
export function pooledShape({ input, axes }) {
  return [input.shape[0], axes.height.output.size, axes.width.output.size];
}

/**
 * The lines and the values under one window, row-major, with `fill` in padding.
 * @typedef {{shape: [number, number], rows: Source[], columns: Source[], window: Float64Array}} Window
 * @param {Operands} operands
 * @param {Position} position
 * @param {number} fill
 * @returns {Window}
 */
export function windowAt({ input, axes }, { channel, row, column }, fill) {
  const [rows, columns] = [axes.height.sources(row), axes.width.sources(column)].map((lines) =>
    lines.map(({ source }) => source),
  );
  const window = gather(input, [channel], rows, columns, fill);
  return { shape: [rows.length, columns.length], rows, columns, window };
}

/**
 * Visits every window of every map, in the order of the outputs.
 * @param {Operands} operands
 * @param {(window: PooledWindow) => void} visit  keeps nothing of what it is given
 */
export function eachWindow({ input: { shape, data }, axes }, visit) {
  const [channels, height, width] = shape;
  const [down, across] = [axes.height, axes.width].map(pixelLines);
  const places = new Int32Array(height * width);
  const values = new Float64Array(height * width);
  for (let channel = 0; channel < channels; channel++) {
    for (const [row, under] of down.entries()) {
      for (const [column, lines] of across.entries()) {
        const size = under.length * lines.length;
        for (let index = 0; index < size; index++) {
          const line = channel * height + under[Math.floor(index / lines.length)];
          places[index] = line * width + lines[index % lines.length];
          values[index] = data[places[index]];
        }
        visit({
          cell: (channel * down.length + row) * across.length + column,
          row,
          column,
          places: places.subarray(0, size),
          values: values.subarray(0, size),
        });
      }
    }
  }
}

/** The input lines under each window, padding left out. @param {import('./axis_map.js').AxisMap} axis */
function pixelLines(axis) {
  return Array.from({ length: axis.output.size }, (_, output) =>
    Int32Array.from(axis.sources(output).flatMap(({ source }) => source ?? [])),
  );
}
