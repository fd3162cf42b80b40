// A layer's settings as the outline gives them (PyTorch's words, pairs or single numbers), in one form.

import { effectiveKernelSize } from './operations/axis.js';

/**
 * @import {PaddingMode} from './operations/axis.js'
 * @typedef {readonly [number, number]} Pair  (height, width)
 * @typedef {{top: number, bottom: number, left: number, right: number}} Sides
 *
 * What the outline's JSON may hold; anything else in it is not looked at.
 * @typedef {{
 *   readonly kernel_size?: number | readonly number[],
 *   readonly stride?: number | readonly number[] | null,
 *   readonly padding?: number | readonly number[] | string | Readonly<Partial<Sides>>,
 *   readonly dilation?: number | readonly number[],
 *   readonly groups?: number,
 *   readonly padding_mode?: string,
 *   readonly ceil_mode?: boolean,
 *   readonly count_include_pad?: boolean,
 *   readonly divisor_override?: number | null,
 *   readonly flip_kernel?: boolean,
 *   readonly output_padding?: number | readonly number[],
 *   readonly norm_type?: number,
 *   readonly output_size?: number | readonly (number | null)[] | null,
 * }} LayerSettings
 *
 * @typedef {{
 *   readonly kernelSize: Pair,
 *   readonly stride: Pair,
 *   readonly padding: Readonly<Sides>,
 *   readonly dilation: Pair,
 *   readonly groups: number,
 *   readonly paddingMode: PaddingMode,
 *   readonly ceilMode: boolean,
 *   readonly countIncludePad: boolean,
 *   readonly divisorOverride: number | null,
 *   readonly flipKernel: boolean,
 *   readonly outputPadding: Pair,
 *   readonly normType: number,
 *   readonly outputSize: readonly [number | null, number | null] | null,  // of an adaptive pooling
 * }} WindowSettings
 */

/** A pair as one number where it is one. @param {readonly number[]} pair */
export const asOne = ([height, width]) => (height === width ? height : [height, width]);

/** The same as text. @param {readonly number[]} pair @param {string} between  the two */
export const pairText = (pair, between) => [asOne(pair)].flat().join(between);

/** One number for both, or (height, width). @param {number | readonly number[]} value @returns {Pair} */
function pair(value) {
  return typeof value === 'number' ? [value, value] : [value[0], value[1]];
}

/**
 * The padding that keeps the size at stride 1, an odd remainder after the input.
 * @param {Pair} kernelSize
 * @param {Pair} dilation
 * @returns {Sides}
 */
function samePadding(kernelSize, dilation) {
  const [height, width] = kernelSize.map(
    (size, side) => effectiveKernelSize({ kernelSize: size, dilation: dilation[side] }) - 1,
  );
  const [top, left] = [Math.floor(height / 2), Math.floor(width / 2)];
  return { top, bottom: height - top, left, right: width - left };
}

/**
 * @param {NonNullable<LayerSettings['padding']>} value
 * @param {Pair} kernelSize
 * @param {Pair} dilation
 * @returns {Sides}
 */
function readPadding(value, kernelSize, dilation) {
  if (value === 'same') return samePadding(kernelSize, dilation);
  if (typeof value === 'string') return { top: 0, bottom: 0, left: 0, right: 0 };
  if (typeof value === 'number' || 'length' in value) {
    const [height, width] = pair(value);
    return { top: height, bottom: height, left: width, right: width };
  }
  return { top: 0, bottom: 0, left: 0, right: 0, ...value };
}

/**
 * The output size of an adaptive pooling: one number for both, or (height, width), null: the input's.
 * @param {number | readonly (number | null)[] | null} value
 * @returns {[number | null, number | null] | null}
 */
function wantedSize(value) {
  if (value === null) return null;
  return typeof value === 'number' ? [value, value] : [value[0], value[1]];
}

/**
 * The settings of a convolution or a pooling in one form, with PyTorch's defaults.
 * @param {LayerSettings} settings
 * @returns {WindowSettings}
 */
export function readSettings(settings) {
  const kernelSize = pair(settings.kernel_size ?? 1);
  const dilation = pair(settings.dilation ?? 1);
  // A pooling with stride null steps by its kernel; a convolution's outline always says its stride.
  const stride = settings.stride === null ? kernelSize : pair(settings.stride ?? 1);
  return {
    kernelSize,
    stride,
    padding: readPadding(settings.padding ?? 0, kernelSize, dilation),
    dilation,
    groups: settings.groups ?? 1,
    paddingMode: /** @type {PaddingMode} */ (settings.padding_mode ?? 'zeros'),
    ceilMode: settings.ceil_mode ?? false,
    countIncludePad: settings.count_include_pad ?? true,
    divisorOverride: settings.divisor_override ?? null,
    flipKernel: settings.flip_kernel ?? false,
    outputPadding: pair(settings.output_padding ?? 0),
    normType: settings.norm_type ?? 2,
    outputSize: wantedSize(settings.output_size ?? null),
  };
}
