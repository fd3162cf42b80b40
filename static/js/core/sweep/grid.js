// A sweep as grids, stride down and padding across, one for each kernel size, dilation and rounding;
// and what may be chosen to go through.

import { operationOf } from '../operations/registry.js';
import { pairText, readSettings } from '../settings.js';
import { LAB_CAPS } from '../limits.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {SweepRanges, SweepRow} from './sweep.js'
 * @typedef {keyof SweepRanges} RangeName
 * @typedef {number | boolean | 'same'} Choice
 *
 * `lines[i].cells[j]` has the i-th stride and the j-th padding.
 * @typedef {{
 *   readonly key: string,
 *   readonly kernel: string,
 *   readonly dilation: string,
 *   readonly isCeil: boolean,
 *   readonly paddings: readonly string[],
 *   readonly lines: readonly {readonly stride: string, readonly cells: readonly SweepRow[]}[],
 * }} Grid
 */

/** What may be chosen of each setting. @type {Record<RangeName, readonly Choice[]>} */
const CHOICES = {
  kernel_size: [1, 2, 3, 5, 7, 9, 11],
  stride: [1, 2, 3, 4, 5, 6, 8],
  padding: [0, 1, 2, 3, 4, 'same'],
  dilation: [1, 2, 3, 4, 5, 6],
  ceil_mode: [false, true],
};

/** The settings that a sweep of this operation goes through. @param {Experiment} experiment */
export function rangeNames(experiment) {
  const names = /** @type {RangeName[]} */ (Object.keys(CHOICES));
  return operationOf(experiment).hasWeight ? names.filter((name) => name !== 'ceil_mode') : names;
}

/**
 * The value of a setting that holds now as one choice; null where it is none, as a padding that
 * differs from side to side.
 * @param {Experiment} experiment
 * @param {RangeName} name
 * @returns {Choice | null}
 */
function present({ settings }, name) {
  const { kernelSize, stride, padding, dilation, ceilMode } = readSettings(settings);
  if (name === 'ceil_mode') return ceilMode;
  if (name === 'padding' && settings.padding === 'same') return 'same';
  const { top, bottom, left, right } = padding;
  const parts = {
    kernel_size: kernelSize,
    stride,
    padding: [top, bottom, left, right],
    dilation,
  }[name];
  return parts.every((part) => part === parts[0]) ? parts[0] : null;
}

/** The order of choices: numbers first, then `same`. @param {unknown} one @param {unknown} two */
function byOrder(one, two) {
  const rank = (/** @type {unknown} */ value) => (value === 'same' ? Infinity : Number(value));
  return rank(one) - rank(two);
}

/**
 * The ranges with the settings that hold now among them, so that a sweep always shows where one is.
 * @param {Experiment} experiment
 * @param {SweepRanges} ranges
 * @returns {SweepRanges}
 */
export function rangesAround(experiment, ranges) {
  const around = Object.keys(CHOICES).map((key) => {
    const name = /** @type {RangeName} */ (key);
    const [values, now] = [
      /** @type {readonly unknown[] | null} */ (ranges[name]),
      present(experiment, name),
    ];
    if (values === null || now === null || values.includes(now)) return [name, values];
    return [name, [...values, now].sort(byOrder)];
  });
  return Object.fromEntries(around);
}

/**
 * The values of one setting that may be chosen. Where none is, the setting stays as it is: `isNow`
 * is that one, and it is always on.
 * @param {Experiment} experiment
 * @param {SweepRanges} ranges
 * @param {RangeName} name
 * @returns {{value: Choice, isOn: boolean, isNow: boolean}[]}
 */
export function choicesOf(experiment, ranges, name) {
  const now = present(experiment, name);
  const chosen = new Set(/** @type {readonly Choice[]} */ (ranges[name] ?? []));
  const offered = new Set([...CHOICES[name], ...chosen, ...(now === null ? [] : [now])]);
  return [...offered]
    .filter((value) => typeof value !== 'number' || name === 'ceil_mode' || value <= LAB_CAPS[name])
    .sort(byOrder)
    .map((value) => ({ value, isNow: value === now, isOn: value === now || chosen.has(value) }));
}

/**
 * The ranges with one value of one setting in, or out where it was in.
 * @param {Experiment} experiment
 * @param {SweepRanges} ranges
 * @param {RangeName} name
 * @param {Choice} value
 * @returns {SweepRanges}
 */
export function withChoice(experiment, ranges, name, value) {
  const chosen = /** @type {readonly Choice[]} */ (ranges[name] ?? []);
  if (chosen.includes(value)) {
    const rest = chosen.filter((one) => one !== value);
    return { ...ranges, [name]: rest.length > 0 ? rest : null };
  }
  const now = present(experiment, name);
  const kept = chosen.length > 0 || now === null ? chosen : [now];
  return { ...ranges, [name]: [...new Set([...kept, value])].sort(byOrder) };
}

/** A setting as a person writes it: one number for a pair of equal ones. @param {unknown} value */
function written(value) {
  if (value === null || value === undefined) return 'kernel';
  if (Array.isArray(value)) return pairText(value, ' × ');
  return typeof value === 'object' ? Object.values(value).join(', ') : `${value}`;
}

/** The rows of a sweep as grids, in their order. @param {readonly SweepRow[]} rows @returns {Grid[]} */
export function gridsOf(rows) {
  /** @type {Map<string, SweepRow[]>} */
  const parts = new Map();
  for (const row of rows) {
    const { kernel_size: kernel, dilation, ceil_mode: isCeil } = row;
    const key = [written(kernel), written(dilation), isCeil].join(' | ');
    parts.set(key, [...(parts.get(key) ?? []), row]);
  }
  return [...parts].map(([key, own]) => {
    const paddings = [...new Set(own.map(({ padding }) => written(padding)))];
    const strides = [...new Set(own.map(({ stride }) => written(stride)))];
    return {
      key,
      kernel: written(own[0].kernel_size),
      dilation: written(own[0].dilation),
      isCeil: own[0].ceil_mode,
      paddings,
      lines: strides.map((stride) => ({
        stride,
        cells: own.filter((row) => written(row.stride) === stride),
      })),
    };
  });
}
