// Settings that go further than the Lab does.
//
// capsOf(experiment)          how far each control goes
// overCaps(settings, caps)    the settings cut down to that, and which of them went further; or null

import { readSettings } from '../settings.js';
import { LAB_CAPS } from './limits.js';

/**
 * @typedef {import('./experiment.js').Experiment} Experiment
 * @typedef {import('../settings.js').LayerSettings} LayerSettings
 * @typedef {import('../settings.js').WindowSettings} WindowSettings
 * @typedef {import('../ends.js').Field} Field
 * @typedef {Record<Field, number>} Caps
 */

/** A transposed convolution spreads its input over about this many lines at most. */
const MOST_SPREAD = 256;

/** How far each control of an experiment goes. @param {Experiment} experiment @returns {Caps} */
export function capsOf({ operation, input: { shape } }) {
  if (operation !== 'conv_transpose2d') return LAB_CAPS;
  const stride = Math.floor(MOST_SPREAD / Math.max(shape[1], shape[2]));
  return { ...LAB_CAPS, stride: Math.min(LAB_CAPS.stride, stride) };
}

/**
 * The numbers of each setting that has a cap.
 * @param {WindowSettings} read
 * @returns {Record<Field, readonly number[]>}
 */
function numbersOf({ kernelSize, stride, padding, dilation, outputPadding }) {
  const { top, bottom, left, right } = padding;
  const sides = [top, bottom, left, right];
  return {
    kernel_size: kernelSize,
    stride,
    padding: sides,
    dilation,
    output_padding: outputPadding,
  };
}

/**
 * The settings with every number brought to its cap, which was the first beyond, and a sentence on it;
 * null where none was.
 * @param {LayerSettings} settings
 * @param {Caps} caps
 * @returns {{settings: LayerSettings, field: string, sentence: string} | null}
 */
export function overCaps(settings, caps) {
  const names = /** @type {Field[]} */ (Object.keys(caps));
  const numbers = numbersOf(readSettings(settings));
  const beyond = names.filter((name) => numbers[name].some((value) => value > caps[name]));
  if (beyond.length === 0) return null;
  const cut = beyond.map((name) => {
    const values = numbers[name].map((value) => Math.min(value, caps[name]));
    const [top, bottom, left, right] = values;
    return [name, name === 'padding' ? { top, bottom, left, right } : values];
  });
  const [field] = beyond;
  const most = Math.max(...numbers[field]);
  return {
    settings: { ...settings, ...Object.fromEntries(cut) },
    field,
    sentence: `${field} goes up to ${caps[field]} here; ${most} was asked for.`,
  };
}
