// Why a pooling's settings are impossible, in the words of app/mechanics.
//
// poolRefusal(kind, settings, shape)    {field, sentence}, or null where all is well

import { axisRefusal, geometryRefusal, refuse, wholeRefusal } from './checks.js';
import { axesOf, readSettings } from '../settings.js';

/**
 * @typedef {import('../settings.js').LayerSettings} LayerSettings
 * @typedef {import('./checks.js').Refusal} Refusal
 */

/**
 * Why a pooling of this kind cannot be done; null where it can.
 * @param {import('./pool_window.js').PoolKind} kind
 * @param {LayerSettings} settings
 * @param {readonly number[]} shape  of the input, (C, H, W)
 * @returns {Refusal | null}
 */
export function poolRefusal(kind, settings, shape) {
  if (kind.startsWith('adaptive') || kind.startsWith('global')) {
    const wanted = kind.startsWith('global') ? 1 : (settings.output_size ?? null);
    if (wanted === null) {
      return refuse(
        'output_size',
        'An adaptive pooling needs an output_size: the windows follow from it.',
      );
    }
    return wholeRefusal(wanted, 'output_size', 1) ?? emptyRefusal(shape);
  }
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
    axisRefusal(axesOf(readSettings(own), shape[1], shape[2]))
  );
}

/** An input without rows or columns. @param {readonly number[]} shape */
function emptyRefusal([, height, width]) {
  for (const [size, lines] of /** @type {const} */ ([
    [height, 'rows'],
    [width, 'columns'],
  ])) {
    if (size < 1) return refuse('input', `The input has ${size} ${lines}: it needs at least 1.`);
  }
  return null;
}

/** Padding so wide that a window would see nothing else. @param {LayerSettings} settings */
function widePaddingRefusal(settings) {
  const { kernelSize, dilation, padding } = readSettings(settings);
  const { top, bottom, left, right } = padding;
  for (const [side, name, largest] of /** @type {const} */ ([
    [0, 'height', Math.max(top, bottom)],
    [1, 'width', Math.max(left, right)],
  ])) {
    const effective = dilation[side] * (kernelSize[side] - 1) + 1;
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
