// Settings as text for a link, in PyTorch's words, and back.

import { operationNamed } from '../operations/registry.js';
import { asOne } from '../settings.js';
import { defaultsOf } from '../experiment/change_settings.js';

/**
 * @import {LayerSettings, Operation} from '../experiment/experiment.js'
 * @typedef {{readonly write: (value: any) => string, readonly read: (text: string) => unknown}} Kind
 */

const SIDES = ['top', 'bottom', 'left', 'right'];
const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;

/** A number in digits; undefined where a text is none. @param {string} text */
function number(text) {
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** Numbers with commas between them; undefined where one is none. @param {string} text */
function numbers(text) {
  const found = text.split(',').map(number);
  return found.includes(undefined) ? undefined : /** @type {number[]} */ (found);
}

/** One number, or two that differ. @type {Kind} */
const pair = {
  write: (value) => String(asOne([value, value].flat())),
  read: (text) => {
    const found = numbers(text);
    if (!found || found.length > 2) return undefined;
    return found.length === 1 ? found[0] : found;
  },
};

/** A pair, a word, or four sides. @type {Kind} */
const padding = {
  write: (value) => {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || Array.isArray(value)) return pair.write(value);
    return SIDES.map((side) => value[side] ?? 0).join(',');
  },
  read: (text) => {
    if (text === 'same' || text === 'valid') return text;
    const found = numbers(text);
    if (found?.length !== 4) return pair.read(text);
    return Object.fromEntries(SIDES.map((side, at) => [side, found[at]]));
  },
};

/** @type {Kind} */
const flag = {
  write: String,
  read: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
};

/** @type {Kind} */
const single = { write: String, read: number };

/** What may be left out. @param {Kind} kind @returns {Kind} */
const orNull = (kind) => ({ ...kind, read: (text) => (text === 'null' ? null : kind.read(text)) });

/** @type {Kind} */
const word = { write: String, read: (text) => (/^[a-z]{1,16}$/.test(text) ? text : undefined) };

/** A number or two, `input` standing for the input's own size. @type {Kind} */
const size = {
  write: (value) => pair.write([value].flat().map((/** @type {any} */ part) => part ?? 'input')),
  read: (text) => {
    const parts = text.split(',').map((part) => (part === 'input' ? null : number(part)));
    if (parts.includes(undefined) || parts.length > 2) return undefined;
    return parts.length === 1 && parts[0] !== null ? parts[0] : [parts[0], parts.at(-1)];
  },
};

/** How each setting is written and read. @type {Record<string, Kind>} */
export const SETTING_KINDS = {
  kernel_size: pair,
  stride: orNull(pair),
  padding,
  dilation: pair,
  groups: single,
  padding_mode: word,
  flip_kernel: flag,
  output_padding: pair,
  ceil_mode: flag,
  count_include_pad: flag,
  divisor_override: orNull(single),
  norm_type: single,
  output_size: size,
};

/**
 * The text of each setting that is not at its default.
 * @param {Operation} operation
 * @param {LayerSettings} settings
 * @returns {Record<string, string>}
 */
export function writeSettings(operation, settings) {
  const defaults = new Map(Object.entries(defaultsOf(operation)));
  /** @type {Record<string, string>} */
  const texts = {};
  for (const [name, value] of Object.entries(settings)) {
    const text = SETTING_KINDS[name].write(value);
    if (text !== SETTING_KINDS[name].write(defaults.get(name))) texts[name] = text;
  }
  return texts;
}

/**
 * The settings of an operation that texts name, as they are: they may be impossible. All that cannot be
 * read is named.
 * @param {Operation} operation
 * @param {(name: string) => string | null} get
 * @returns {{settings: LayerSettings, unread: string[]}}
 */
export function readSettingsText(operation, get) {
  /** @type {Record<string, unknown>} */
  const settings = {};
  /** @type {string[]} */
  const unread = [];
  for (const name of Object.keys(defaultsOf(operation))) {
    const text = get(name);
    if (text === null) continue;
    const value = SETTING_KINDS[name].read(text);
    // Only a pooling steps by its kernel where no stride is given.
    const isLost = value === null && name === 'stride' && operationNamed(operation).hasWeight;
    if (value === undefined || isLost) unread.push(name);
    else settings[name] = value;
  }
  return { settings, unread };
}
