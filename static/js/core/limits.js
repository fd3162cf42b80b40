// How far the Lab goes. Every cap is below the API's own (GET /api/v1/limits), so that whatever the
// page shows can also be asked for there.

import { refuse, wholeRefusal } from './operations/checks.js';
import { operationOf } from './operations/registry.js';
import { readSettings } from './settings.js';

/**
 * @import {Refusal} from './operations/checks.js'
 * @import {Task} from './operations/registry.js'
 * @import {LayerSettings} from './settings.js'
 *
 * What a control sets.
 * @typedef {'kernel_size' | 'stride' | 'padding' | 'dilation' | 'output_padding'} Field
 * @typedef {Record<Field, number>} Caps
 */

/** Rows or columns of an input. */
export const MOST_LINES = 64;
/** Input channels. */
export const MOST_CHANNELS = 8;
/** Filters, and so output channels. */
export const MOST_FILTERS = 8;
/** Combinations of one sweep; the API's max_sweep_combinations. */
export const MOST_COMBINATIONS = 400;

/** What a mean may be divided by, of either sign. */
const MOST_DIVISOR = 1_000_000_000;

/** How far each control goes. @type {Caps} */
export const LAB_CAPS = {
  kernel_size: 11,
  stride: 16,
  padding: 16,
  dilation: 16,
  output_padding: 15,
};

/** Where each control begins. @type {Caps} */
export const FLOORS = { kernel_size: 1, stride: 1, padding: 0, dilation: 1, output_padding: 0 };

/** A transposed convolution spreads its input over about this many lines at most. */
const MOST_SPREAD = 256;

/** How far each control of an experiment goes. @param {Task} experiment @returns {Caps} */
export function capsOf(experiment) {
  if (!operationOf(experiment).isTransposed) return LAB_CAPS;
  const [, height, width] = experiment.input.shape;
  const stride = Math.floor(MOST_SPREAD / Math.max(height, width));
  return { ...LAB_CAPS, stride: Math.min(LAB_CAPS.stride, stride) };
}

/** A number brought into a range, and whole. @param {number} value @param {number} least @param {number} most */
export function within(value, least, most) {
  return Math.min(Math.max(Math.round(value), least), most);
}

/**
 * The settings with every number whole, not too small and not beyond its cap, and a refusal for each
 * reason why one was not.
 * @param {LayerSettings} settings
 * @param {Caps} caps
 * @returns {{settings: LayerSettings, refusals: Refusal[]}}
 */
export function withinCaps(settings, caps) {
  /** @type {Refusal[]} */
  const refusals = [];
  /** @type {Map<string, any>} */
  const given = new Map(Object.entries(settings));
  const most = { ...caps, output_size: MOST_LINES };
  for (const [field, floor] of Object.entries({ ...FLOORS, output_size: 1 })) {
    const value = given.get(field);
    if (value === undefined || value === null || typeof value === 'string') continue;
    const cap = most[/** @type {keyof typeof most} */ (field)];
    const numbers = numbersOf(value);
    const notWhole = numbers.map((one) => wholeRefusal(one, field, floor)).find(Boolean);
    if (notWhole) refusals.push(notWhole);
    const largest = Math.max(...numbers);
    if (largest > cap) {
      const asked = `${field} goes up to ${cap} here; ${largest} was asked for.`;
      refusals.push(refuse(field, asked));
    }
    if (notWhole || largest > cap) given.set(field, mapped(value, floor, cap));
  }
  const divisor = divisorWithin(settings.divisor_override ?? null, refusals);
  if (divisor !== settings.divisor_override) given.set('divisor_override', divisor);
  return { settings: withinSame(Object.fromEntries(given), caps.padding, refusals), refusals };
}

/** @param {unknown} value  a number, a pair, or sides @returns {number[]} */
function numbersOf(value) {
  const parts = typeof value === 'object' ? Object.values(/** @type {object} */ (value)) : [value];
  return parts.filter((part) => part !== null);
}

/**
 * The same with each of its numbers brought into a range.
 * @param {unknown} value  a number, a pair in which null may stand, or sides
 * @param {number} least
 * @param {number} most
 * @returns {unknown}
 */
function mapped(value, least, most) {
  if (typeof value === 'number') return within(value, least, most);
  if (Array.isArray(value)) return value.map((part) => part && mapped(part, least, most));
  const sides = Object.entries(/** @type {object} */ (value));
  return Object.fromEntries(sides.map(([side, lines]) => [side, within(lines, least, most)]));
}

/**
 * The divisor as a whole number that the API takes too.
 * @param {number | null} divisor
 * @param {Refusal[]} refusals  what was wrong is added
 */
function divisorWithin(divisor, refusals) {
  if (divisor === null || (Number.isInteger(divisor) && Math.abs(divisor) <= MOST_DIVISOR)) {
    return divisor;
  }
  const asked = Number.isInteger(divisor)
    ? `divisor_override goes up to ${MOST_DIVISOR} here; ${divisor} was asked for.`
    : `divisor_override has to be a whole number; got ${divisor}.`;
  refusals.push(refuse('divisor_override', asked));
  // Nothing divides by 0.
  return within(divisor, -MOST_DIVISOR, MOST_DIVISOR) || Math.sign(divisor);
}

/**
 * The settings dilated so little that a padding 'same' is not wider than any other may be.
 * @param {LayerSettings} settings
 * @param {number} cap
 * @param {Refusal[]} refusals  what was wrong is added
 * @returns {LayerSettings}
 */
function withinSame(settings, cap, refusals) {
  if (settings.padding !== 'same') return settings;
  const { kernelSize, dilation, padding } = readSettings(settings);
  const { bottom, right } = padding;
  const largest = Math.max(bottom, right);
  if (largest <= cap) return settings;
  const side = bottom > right ? 0 : 1;
  refusals.push(
    refuse(
      'dilation',
      `padding 'same' of kernel_size ${kernelSize[side]} with dilation ${dilation[side]} is ` +
        `${largest} lines on a side; padding goes up to ${cap} here.`,
    ),
  );
  const widest = kernelSize.map((size) => Math.floor((2 * cap) / Math.max(1, size - 1)));
  return { ...settings, dilation: dilation.map((lines, axis) => Math.min(lines, widest[axis])) };
}
