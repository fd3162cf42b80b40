// No link, whatever stands in it, may break the page or ask for more than the Lab computes.
import assert from 'node:assert/strict';
import test from 'node:test';

import { comparisonOf } from '../../../../static/js/core/compare/comparison.js';
import {
  gradients,
  OPERATION_NAMES,
  outcome,
  traceAt,
} from '../../../../static/js/core/experiment/experiment.js';
import { readExperiment } from '../../../../static/js/core/link/experiment_code.js';
import { chainOf } from '../../../../static/js/core/compare/stack.js';
import { SETTING_KINDS } from '../../../../static/js/core/link/settings_code.js';
import { sweepOf } from '../../../../static/js/core/sweep/sweep.js';
import { readRange } from '../../../../static/js/core/link/sweep_code.js';
import { encodeValues } from '../../../../static/js/core/link/values_code.js';
import { readSettings } from '../../../../static/js/core/settings.js';
import { randomNumbers } from '../random.js';
import { numbers } from '../made.js';

/** The largest output: 64 lines spread by a transposed convolution of 11 × 11 with dilation 16. */
const MOST_LINES = 256 + 16 * 10 + 16;

const EXTREME = [
  ...['0', '-1', '1', '2', '3', '7', '11', '12', '16', '17', '64', '65', '99999', '999999999'],
  ...['99999999999999', '1e9', '2.5', '0.000000001', '-0.5', '1,2', '16,1', '999,1', '1,2,3'],
  ...['16,0,0,16', '99,0,0,1', '-1,0,0,0', '1.5,0,0,0', 'same', 'valid', 'null', 'input'],
  ...['input,99999', 'true', 'false', 'zeros', 'reflect', 'circular', 'replicate', 'constructor'],
  ...['', ',', 'NaN', 'Infinity', '-0', '٣', '%', '__proto__', 'zz', 'A'.repeat(40)],
];
const INPUTS = ['ramp.64x64x8', 'ramp.1x1x1', 'glyph.1x64x1', 'step.64x1x3', 'ramp.3x999x1'];

/**
 * A generator of links.
 * @param {number} seed
 */
function linkMaker(seed) {
  const random = randomNumbers(seed);
  /** @template T @param {readonly T[]} list @returns {T} */
  const one = (list) => list[Math.floor(random() * list.length)];
  const size = (/** @type {number} */ most) => 1 + Math.floor(random() * most);
  const operands = () => ({
    input: one([...INPUTS, ...EXTREME, encodeValues(numbers(size(3), size(9), size(9)))]),
    weight: one([...EXTREME, encodeValues(numbers(size(4), size(3), size(11), size(11)))]),
    bias: one([...EXTREME, encodeValues(numbers(size(8)))]),
    output_gradient: one([...EXTREME, encodeValues(numbers(size(2), size(9), size(9)))]),
  });
  return () => {
    /** @type {Record<string, string>} */
    const texts = { operation: random() < 0.95 ? one(OPERATION_NAMES) : one(EXTREME) };
    for (const name of Object.keys(SETTING_KINDS)) if (random() < 0.4) texts[name] = one(EXTREME);
    for (const [name, text] of Object.entries(operands())) if (random() < 0.3) texts[name] = text;
    return { texts, ranges: [one(EXTREME), one(EXTREME), one(EXTREME)] };
  };
}

test('no link can throw, and what comes of it is bounded', () => {
  const link = linkMaker(7);
  for (let round = 0; round < 120; round++) {
    const { texts, ranges } = link();
    const why = JSON.stringify(texts);
    const { experiment, notice } = readExperiment((name) => texts[name] ?? null);
    const found = outcome(experiment);
    assert.ok(found.kind === 'computed', why);
    const { shape } = found.output;
    assert.ok(shape[0] <= 8 && Math.max(shape[1], shape[2]) <= MOST_LINES, why);
    assert.ok(Math.min(...shape) >= 1, why);
    const last = { channel: shape[0] - 1, row: shape[1] - 1, column: shape[2] - 1 };
    traceAt(experiment, last);
    if (found.output.data.length < 3000) {
      gradients(experiment);
      const chain = chainOf(experiment, experiment.operation !== 'conv_transpose2d');
      comparisonOf([experiment], chain);
      for (const { output } of sweepOf(experiment, rangesOf(ranges))) {
        assert.ok((output?.data.length ?? 0) <= 8 * 1040 ** 2, why);
      }
    }
    assertSaid(texts, experiment, notice, why);
  }
});

/** @param {string[]} texts */
const rangesOf = ([stride, padding, dilation]) => ({
  kernel_size: null,
  stride: readRange('stride', stride),
  padding: readRange('padding', padding),
  dilation: readRange('dilation', dilation),
  ceil_mode: null,
});

/**
 * Whatever is not as the link has it is named.
 * @param {Record<string, string>} texts
 * @param {import('../../../../static/js/core/experiment/experiment.js').Experiment} experiment
 * @param {{sentence: string} | null} notice
 * @param {string} why
 */
function assertSaid(texts, { settings }, notice, why) {
  const own = new Map(Object.entries(settings));
  for (const [name, text] of Object.entries(texts)) {
    if (!own.has(name)) continue;
    const asked = SETTING_KINDS[name].read(text);
    const isTaken = asked !== undefined && isSame(name, asked, own.get(name));
    if (!isTaken) assert.ok(notice?.sentence.includes(name), `${name} in ${why}`);
  }
}

/**
 * Whether two values of a setting mean the same.
 * @param {string} name
 * @param {unknown} one
 * @param {unknown} two
 */
function isSame(name, one, two) {
  const [mine, theirs] = [one, two].map((value) => JSON.stringify(meaning(name, value)));
  return mine === theirs;
}

/** @param {string} name @param {unknown} value */
function meaning(name, value) {
  if (typeof value === 'string' || value === null) return value;
  return Object.entries(readSettings({ [name]: value }));
}
