import assert from 'node:assert/strict';
import test from 'node:test';

import {
  EXAMPLE,
  OPERATION_NAMES,
  outcome,
  withBias,
  withControl,
  withGroups,
  withInChannels,
  withInput,
  withInputCell,
  withOperation,
  withOutChannels,
  withOutputGradientCell,
  withSettings,
  withWeightCell,
} from '../../../../static/js/core/experiment/experiment.js';
import {
  readExperiment,
  writeExperiment,
} from '../../../../static/js/core/link/experiment_code.js';
import { isEqual, patternOf, readInput } from '../../../../static/js/core/link/operand_code.js';
import { pattern } from '../../../../static/js/core/input/patterns.js';
import { readSettingsText, writeSettings } from '../../../../static/js/core/link/settings_code.js';
import { rangeRefusal, readRange, writeRange } from '../../../../static/js/core/link/sweep_code.js';
import { decodeValues, encodeValues } from '../../../../static/js/core/link/values_code.js';
import { ByteWriter, toBase64Url } from '../../../../static/js/core/bytes.js';
import { numbers, onInput } from '../made.js';

/** @typedef {import('../../../../static/js/core/experiment/experiment.js').Experiment} Experiment */

/** The experiment of some texts. @param {Record<string, string>} texts */
const read = (texts) => readExperiment((name) => texts[name] ?? null);

/** The experiment of a link. @param {string} link */
function readLink(link) {
  const texts = new URLSearchParams(link);
  return readExperiment((name) => texts.get(name));
}

/** @param {Experiment} experiment */
function opened(experiment) {
  const { experiment: found, notice } = read(writeExperiment(experiment));
  assert.equal(notice, null);
  return found;
}

/** @param {Experiment} one @param {Experiment} two */
function assertSame(one, two) {
  assert.equal(one.operation, two.operation);
  assert.ok(isEqual(one.input, two.input), 'input');
  assert.ok(isEqual(one.weight, two.weight), 'weight');
  assert.deepEqual(one.bias, two.bias);
  assert.deepEqual(one.outputGradient, two.outputGradient);
  assert.deepEqual(writeExperiment(one), writeExperiment(two));
}

/** @param {...number} data */
const row = (...data) => ({ shape: [data.length], data: Float64Array.from(data) });

test('numbers come back to the last digit, in as few letters as they allow', () => {
  const lists = [
    row(0, 0, 0, 1, -1, 1),
    row(1 / 9, 2 / 9, 0.2 - 0.2),
    row(17 / 255, 1, 0.5 * 2),
    row(0.1, 0.7, -0.3),
    row(Math.fround(0.1), Math.fround(1e20)),
    row(Math.PI, -1e300, 1e-300),
    row(2 ** 23, -(2 ** 23)),
  ];
  for (const values of lists) {
    assert.deepEqual(decodeValues(encodeValues(values), [9]), values);
  }
  const image = { shape: [1, 64, 64], data: new Float64Array(4096) };
  assert.ok(encodeValues(image).length < 16);
  assert.ok(encodeValues(EXAMPLE.weight).length < 22);
});

test('letters that stand for no values are told from those that do', () => {
  const good = encodeValues(row(1, 2, 3));
  /** @param {number[]} wholes */
  const letters = (...wholes) => {
    const out = new ByteWriter();
    for (const value of wholes) out.whole(value);
    return toBase64Url(out.bytes);
  };
  const texts = [
    '',
    '*',
    'A',
    'A'.repeat(500_001),
    good.slice(0, -2),
    good + good,
    letters(1, 3, 99, 2, 4, 6),
    letters(1, 3, 0, 3, 200),
    letters(1, 0, 0),
    letters(2, 1, 1, 0, 4),
    letters(1, 1, 254, 0, 0),
    letters(1, 200, 0),
  ];
  for (const text of texts) assert.equal(decodeValues(text, [9]), null, text.slice(0, 20));
  const infinite = toBase64Url([1, 1, 254, 1, 0, 0, 128, 127]);
  assert.equal(decodeValues(infinite, [9]), null);
});

test('a pattern is its name and size in a link', () => {
  assert.equal(patternOf(EXAMPLE.input), 'glyph');
  assert.equal(patternOf(numbers(1, 3, 3)), undefined);
  const ramp = withInput(EXAMPLE, /** @type {any} */ (pattern('ramp', 5, 7, 3)));
  assert.equal(writeExperiment(ramp).input, 'ramp.5x7x3');
  assertSame(opened(ramp), ramp);
  for (const text of ['ramp.0x3x1', 'ramp.3x65x1', 'ramp.3x3x9', 'ramp.3x3x0', 'rump.3x3x1']) {
    assert.equal(readInput(text), null);
  }
  assert.equal(isEqual(row(1), row(1, 2)), false);
  assert.equal(isEqual(row(1), { shape: [1, 1], data: Float64Array.of(1) }), false);
});

test('the example itself needs no text', () => {
  assert.deepEqual(writeExperiment(EXAMPLE), {});
  assertSame(opened(EXAMPLE), EXAMPLE);
});

test('every experiment comes back from its link', () => {
  for (const operation of OPERATION_NAMES) {
    let experiment = withOperation(EXAMPLE, operation);
    assertSame(opened(experiment), experiment);
    experiment = withOutChannels(withInChannels(experiment, 4), 4);
    experiment = withGroups(experiment, 2);
    experiment = withControl(experiment, 'padding', 'left', 1);
    experiment = withControl(experiment, 'kernel_size', 'height', 4);
    experiment = withWeightCell(experiment, [1, 0, 1, 1], 0.123456789);
    experiment = withInputCell(experiment, { channel: 2, row: 3, column: 1 }, 1e-7);
    experiment = withBias(experiment, Float64Array.of(1, 0, 0.5, -2));
    experiment = withOutputGradientCell(experiment, { channel: 1, row: 0, column: 0 }, -3);
    assertSame(opened(experiment), experiment);
    assert.equal(outcome(experiment).kind, 'computed');
  }
});

test('settings stand in a link in PyTorch’s words', () => {
  const experiment = withSettings(EXAMPLE, {
    ...EXAMPLE.settings,
    stride: 1,
    padding: 'same',
    dilation: [1, 2],
    padding_mode: 'circular',
    flip_kernel: true,
  });
  const texts = {
    stride: '1',
    padding: 'same',
    dilation: '1,2',
    padding_mode: 'circular',
    flip_kernel: 'true',
  };
  assert.deepEqual(writeExperiment(experiment), texts);
  assert.deepEqual(read(texts).experiment.settings, experiment.settings);
  assert.deepEqual(writeSettings('conv2d', { padding: { top: 1, right: 2 } }), {
    padding: '1,0,0,2',
  });
  const { settings } = readSettingsText('conv2d', (name) =>
    name === 'padding' ? '1,0,0,2' : null,
  );
  assert.deepEqual(settings, { padding: { top: 1, bottom: 0, left: 0, right: 2 } });
});

test('settings of a pooling likewise', () => {
  const texts = {
    operation: 'average',
    stride: 'null',
    ceil_mode: 'true',
    count_include_pad: 'false',
    divisor_override: '3',
    norm_type: '1.5',
    output_size: 'input,2',
  };
  const { experiment, notice } = read(texts);
  assert.equal(notice, null);
  assert.deepEqual(
    [experiment.settings.stride, experiment.settings.output_size],
    [null, [null, 2]],
  );
  assert.deepEqual(writeExperiment(experiment), texts);
  const four = read({ operation: 'adaptive_max', output_size: '4' }).experiment;
  assert.equal(four.settings.output_size, 4);
  const own = read({ operation: 'adaptive_max', output_size: 'input' }).experiment;
  assert.deepEqual(own.settings.output_size, [null, null]);
  const without = read({ operation: 'average', divisor_override: 'null' });
  assert.equal(without.experiment.settings.divisor_override, null);
});

test('a link that holds something impossible shows the nearest that is not, and says so', () => {
  const tooWide = read({ kernel_size: '9' });
  assert.deepEqual(tooWide.experiment.settings.kernel_size, [8, 8]);
  assert.equal(tooWide.notice?.field, 'kernel_size');
  assert.match(String(tooWide.notice?.sentence), /kernel height 9 .* kernel_size is now 8\.$/);

  const mirrored = read({ padding: '9', padding_mode: 'reflect' });
  assert.equal(mirrored.experiment.settings.padding, 7);
  assert.match(String(mirrored.notice?.sentence), /Reflect padding of 9 .* padding is now 7\.$/);

  const still = read({ stride: '0' });
  assert.equal(still.experiment.settings.stride, 1);
  assert.match(
    String(still.notice?.sentence),
    /^stride has to be a whole number, 1 or more; got 0\./,
  );

  const far = read({ stride: '40' });
  assert.equal(far.experiment.settings.stride, 16);
  assert.equal(
    far.notice?.sentence,
    'stride goes up to 16 here; 40 was asked for. stride is now 16.',
  );

  const grouped = read({ groups: '3' });
  assert.equal(grouped.experiment.settings.groups, 1);
  assert.equal(grouped.notice?.field, 'groups');
});

/** What a link says the nearest setting is, and why. @type {[string, object, string][]} */
const NEAREST = [
  [
    'operation=adaptive_average&output_size=99999',
    { output_size: 64 },
    'output_size goes up to 64 here; 99999 was asked for. output_size is now 64.',
  ],
  [
    'operation=adaptive_max&output_size=-3,input',
    { output_size: [1, null] },
    'output_size has to be a whole number, 1 or more; got -3. output_size is now 1×input.',
  ],
  [
    'dilation=1000',
    { dilation: 3, kernel_size: [3, 3] },
    'dilation goes up to 16 here; 1000 was asked for. The kernel does not fit: kernel height 3 with ' +
      'dilation 16 spans 33 rows, but the input has 8 (8 and padding 0 + 0). dilation is now 3.',
  ],
  [
    'dilation=4',
    { dilation: 3, kernel_size: [3, 3] },
    'The kernel does not fit: kernel height 3 with dilation 4 spans 9 rows, but the input has 8 ' +
      '(8 and padding 0 + 0). dilation is now 3.',
  ],
  [
    'kernel_size=99',
    { kernel_size: [8, 8] },
    'kernel_size goes up to 11 here; 99 was asked for. The kernel does not fit: kernel height 11 ' +
      'spans 11 rows, but the input has 8 (8 and padding 0 + 0). kernel_size is now 8.',
  ],
  [
    'stride=2.5',
    { stride: 3 },
    'stride has to be a whole number, 1 or more; got 2.5. stride is now 3.',
  ],
  [
    'operation=average&divisor_override=2.5',
    { divisor_override: 3 },
    'divisor_override has to be a whole number; got 2.5. divisor_override is now 3.',
  ],
  [
    'operation=average&divisor_override=-0.2',
    { divisor_override: -1 },
    'divisor_override has to be a whole number; got -0.2. divisor_override is now -1.',
  ],
  [
    'operation=average&divisor_override=5000000000',
    { divisor_override: 1_000_000_000 },
    'divisor_override goes up to 1000000000 here; 5000000000 was asked for. ' +
      'divisor_override is now 1000000000.',
  ],
  [
    'padding=same&stride=1&kernel_size=5&dilation=16',
    { padding: 'same', dilation: [8, 8], kernel_size: [5, 5] },
    "padding 'same' of kernel_size 5 with dilation 16 is 32 lines on a side; padding goes up to 16 " +
      'here. dilation is now 8.',
  ],
  [
    'padding=same&stride=1&kernel_size=5,1&dilation=9,1',
    { padding: 'same', dilation: [8, 1], kernel_size: [5, 1] },
    "padding 'same' of kernel_size 5 with dilation 9 is 18 lines on a side; padding goes up to 16 " +
      'here. dilation is now 8×1.',
  ],
  [
    'padding=same&kernel_size=5',
    { padding: { top: 2, bottom: 2, left: 2, right: 2 } },
    "padding 'same' keeps the size, which a stride of 2×2 does not. padding is now 2.",
  ],
  ['stride=null', { stride: 2 }, 'The link’s stride cannot be read; the usual one is shown.'],
  [
    'output_gradient=zz',
    { stride: 2 },
    'The link’s output gradient is none of this output; every output value counts 1.',
  ],
  [
    'stride=x&dilation=x&bias=*',
    { stride: 2 },
    ['stride', 'dilation', 'bias']
      .map((name) => `The link’s ${name} cannot be read; the usual one is shown.`)
      .join(' '),
  ],
  [`bias=${encodeValues(row(1, 2))}`, {}, 'The link’s bias is for 2 filters; it is fitted to 1.'],
  [
    `weight=${encodeValues(numbers(1, 2, 3, 3))}`,
    {},
    'The link’s kernels are for other channels; they are fitted to these.',
  ],
];

test('a link is brought to the nearest setting, and every change has its sentence', () => {
  for (const [link, settings, sentence] of NEAREST) {
    const { experiment, notice } = readLink(link);
    assert.equal(notice?.sentence, sentence);
    assert.deepEqual({ ...experiment.settings, ...settings }, experiment.settings, link);
  }
  assert.equal(readLink('dilation=1000').experiment.weight, EXAMPLE.weight);
});

test('what cannot be read is as in the example, and it is said', () => {
  const cases = /** @type {const} */ ([
    [{ operation: 'fold' }, 'operation', 'operation'],
    [{ stride: 'two' }, 'stride', 'stride'],
    [{ padding: '1,2,3' }, 'padding', 'padding'],
    [{ padding_mode: 'MIRROR' }, 'padding_mode', 'padding_mode'],
    [{ flip_kernel: 'yes' }, 'flip_kernel', 'flip_kernel'],
    [{ operation: 'adaptive_max', output_size: '1,2,3' }, 'output_size', 'output_size'],
    [{ operation: 'adaptive_max', output_size: 'x' }, 'output_size', 'output_size'],
    [{ input: '!' }, 'input', 'input'],
    [{ weight: '!' }, 'weight', 'kernel'],
    [{ bias: '!' }, 'bias', 'bias'],
  ]);
  for (const [texts, field, what] of cases) {
    const { experiment, notice } = read(texts);
    assert.equal(notice?.field, field);
    assert.equal(notice?.sentence, `The link’s ${what} cannot be read; the usual one is shown.`);
    assert.equal(outcome(experiment).kind, 'computed');
  }
  const unknown = read({ padding_mode: 'mirror' });
  assert.equal(unknown.experiment.settings.padding_mode, 'zeros');
  assert.match(String(unknown.notice?.sentence), /^padding_mode is one of/);
});

test('an output gradient of another output is left out', () => {
  const gradient = encodeValues(numbers(1, 2, 2));
  const other = read({ output_gradient: gradient });
  assert.equal(other.experiment.outputGradient, null);
  assert.match(String(other.notice?.sentence), /output gradient is none of this output/);
  const fitting = encodeValues(numbers(1, 3, 3));
  assert.deepEqual(read({ output_gradient: fitting }).experiment.outputGradient, numbers(1, 3, 3));
});

test('a weight in a link says its groups, as far as it can', () => {
  const depthwise = { input: 'ramp.6x6x2', weight: encodeValues(numbers(4, 1, 2, 2)), groups: '2' };
  assert.deepEqual(read(depthwise).experiment.weight, numbers(4, 1, 2, 2));
  // Three channels of two input channels: as if there were one group.
  const odd = { input: 'ramp.6x6x2', weight: encodeValues(numbers(3, 3, 2, 2)) };
  assert.deepEqual(read(odd).experiment.weight.shape, [3, 2, 2, 2]);
  const turned = { operation: 'conv_transpose2d', ...depthwise };
  assert.deepEqual(
    read({ ...turned, weight: encodeValues(numbers(2, 2, 2, 2)) }).experiment.weight,
    numbers(2, 2, 2, 2),
  );
  assert.equal(read({ ...turned, groups: '7' }).experiment.settings.groups, 1);
});

test('a second experiment is read on the input of the first', () => {
  const input = numbers(2, 5, 5);
  const { experiment } = readExperiment((name) => (name === 'operation' ? 'max' : null), input);
  assert.equal(experiment.input, input);
  assert.equal(experiment.operation, 'max');
  assert.equal(onInput(2, 5, 5).input.shape[0], 2);
});

test('where no settings help, the settings are those of the operation', () => {
  const empty = { shape: [1, 0, 3], data: new Float64Array(0) };
  const texts = new Map([
    ['stride', '1'],
    ['output_gradient', encodeValues(row(1))],
  ]);
  const { experiment } = readExperiment((name) => texts.get(name) ?? null, empty);
  assert.deepEqual([experiment.settings.stride, experiment.outputGradient], [2, null]);
});

test('what a sweep goes through comes back from its text', () => {
  /** @type {[import('../../../../static/js/core/link/sweep_code.js').RangeName, any, string][]} */
  const cases = [
    ['stride', [1, 2, 3], '1_2_3'],
    ['padding', [0, 'same', { top: 1, bottom: 0, left: 0, right: 0 }], '0_same_1,0,0,0'],
    ['kernel_size', [[1, 3], 5], '1,3_5'],
    ['ceil_mode', [false, true], 'false_true'],
    ['dilation', null, '-'],
  ];
  for (const [name, values, text] of cases) {
    assert.equal(writeRange(name, values), text);
    assert.deepEqual(readRange(name, text), values);
  }
  assert.deepEqual(readRange('stride', 'x_2_'), [2]);
  assert.match(rangeRefusal('stride', 'x_2_') ?? '', /left out/);
  assert.match(rangeRefusal('stride', 'x') ?? '', /the usual one/);
  for (const text of ['', '-', '1_2']) assert.equal(rangeRefusal('stride', text), null);
  assert.equal(readRange('stride', Array(99).fill('1').join('_'))?.length, 16);
});
