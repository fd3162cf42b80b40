// What two experiments on one input differ in.

import { count, fixed, significant } from '../number.js';
import { operationOf } from '../operations/registry.js';
import { pairText, readSettings } from '../settings.js';
import { outcome } from '../experiment/outcome.js';
import { reachOf } from './reach.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {Computed} from '../experiment/outcome.js'
 *
 * One fact of both, as texts; `difference` is how the second differs from the first.
 * @typedef {{name: string, title: string, one: string, two: string, difference: string}} Fact
 * @typedef {NonNullable<ReturnType<typeof measured>>} Measures
 */

/** @param {readonly number[]} pair */
const short = (pair) => pairText(pair, ' × ');

/**
 * A chain in a few words: the operation, and those settings that are not at rest.
 * @param {readonly Experiment[]} chain
 */
export function nameOf([experiment, ...more]) {
  const { settings } = experiment;
  const { title, fields } = operationOf(experiment);
  const { kernelSize, stride, padding, dilation, groups, paddingMode, ceilMode } =
    readSettings(settings);
  const [times, plural] = more.length > 0 ? ['two ', 's'] : ['', ''];
  const name = `${title}${plural}`;
  if (!fields.includes('stride')) return `${times}${name}`;
  const sides = [padding.top, padding.bottom, padding.left, padding.right];
  const isOne = sides.every((side) => side === sides[0]);
  const parts = [`stride ${short(stride)}`];
  if (settings.padding === 'same') parts.push('padding same');
  else if (!isOne) parts.push(`padding ${sides.join(', ')}`);
  else if (sides[0] > 0) parts.push(`padding ${sides[0]}`);
  if (paddingMode !== 'zeros') parts.push(paddingMode);
  if (short(dilation) !== '1') parts.push(`dilation ${short(dilation)}`);
  if (groups > 1) parts.push(`${groups} groups`);
  if (ceilMode) parts.push('rounded up');
  return `${times}${kernelSize.join(' × ')} ${name}, ${parts.join(', ')}`;
}

/**
 * What is measured of a chain; null where its first operation cannot be computed.
 * @param {readonly Experiment[]} chain
 */
function measured(chain) {
  /** @type {Computed[]} */
  const found = [];
  for (const experiment of chain) {
    const one = outcome(experiment);
    if (one.kind === 'refused') return null;
    found.push(one);
  }
  const sum = (/** @type {(one: Computed) => number} */ of) =>
    found.reduce((total, one) => total + of(one), 0);
  const [first, last] = [found[0], found[found.length - 1]];
  const [, height, width] = chain[0].input.shape;
  const [rows, columns] = [first.height.unread.length, first.width.unread.length];
  return {
    size: last.output.shape,
    parameters: sum(({ cost }) => cost?.total ?? 0),
    macs: sum(({ cost }) => cost?.multiplyAccumulates ?? 0),
    reach: reachOf(chain),
    unread: height * width - (height - rows) * (width - columns),
    values: last.output,
  };
}

/**
 * How a count differs: by how much, and where both are there, how many times it is.
 * @param {number} one
 * @param {number} two
 */
function change(one, two) {
  if (one === two) return 'same';
  const by = two > one ? `+${count(two - one)}` : `−${count(one - two)}`;
  return one > 0 && two > 0 ? `${by} (× ${significant(two / one, 3)})` : by;
}

/** How sizes differ, line by line. @param {readonly number[]} one @param {readonly number[]} two */
function changes(one, two) {
  const parts = one.map((size, at) => two[at] - size);
  if (parts.every((by) => by === 0)) return 'same';
  const signed = parts.map((by) => (by < 0 ? `−${-by}` : `+${by}`));
  return signed.every((by) => by === signed[0]) ? `${signed[0]} each way` : signed.join(' × ');
}

/** (C, H, W) without the one channel. @param {readonly number[]} shape */
const sizeText = (shape) => (shape[0] === 1 ? shape.slice(1) : shape).join('×');

/** By how much two outputs of one size differ at most. @param {Measures} one @param {Measures} two */
function valuesApart(one, two) {
  if (one.size.some((size, at) => size !== two.size[at])) return 'not of one size';
  let largest = 0;
  one.values.data.forEach((value, at) => {
    largest = Math.max(largest, Math.abs(value - two.values.data[at]));
  });
  return largest < 1e-12 ? 'equal' : `by up to ${fixed(largest, 2)}`;
}

/**
 * What two chains on one input differ in; no rows where one of them cannot be computed.
 * @param {readonly Experiment[]} first
 * @param {readonly Experiment[]} second
 * @returns {Fact[]}
 */
export function comparisonOf(first, second) {
  const [one, two] = [measured(first), measured(second)];
  if (!one || !two) return [];
  const fact = (
    /** @type {string} */ name,
    /** @type {string} */ title,
    /** @type {(of: Measures) => string} */ text,
    /** @type {string} */ difference,
  ) => ({ name, title, one: text(one), two: text(two), difference });
  return [
    fact(
      'size',
      'output size',
      ({ size }) => sizeText(size),
      changes(one.size.slice(1), two.size.slice(1)),
    ),
    fact(
      'parameters',
      'parameters',
      (of) => count(of.parameters),
      change(one.parameters, two.parameters),
    ),
    fact('macs', 'MACs', ({ macs }) => count(macs), change(one.macs, two.macs)),
    fact('reach', 'receptive field', ({ reach }) => reach.join('×'), changes(one.reach, two.reach)),
    fact(
      'unread',
      'cells never read',
      ({ unread }) => count(unread),
      change(one.unread, two.unread),
    ),
    { name: 'values', title: 'output values', one: '', two: '', difference: valuesApart(one, two) },
  ];
}
