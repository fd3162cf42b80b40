import assert from 'node:assert/strict';
import test from 'node:test';

import {
  EXAMPLE,
  layoutOf,
  OPERATION_NAMES,
  outcome,
  outputGradientOf,
  withBias,
  withBiasCell,
  withControl,
  withDepthMultiplier,
  withGroups,
  withInChannels,
  withInput,
  withInputCell,
  withInputSize,
  withKernel,
  withOperation,
  withOutChannels,
  withOutputGradientCell,
  withSettings,
  withWeight,
  withWeightCell,
} from '../../../../static/js/core/experiment/experiment.js';
import { nearestExperiment } from '../../../../static/js/core/experiment/nearest_experiment.js';
import { kernels, numbers, onInput } from '../made.js';

const SOBEL = [-1, 0, 1, -2, 0, 2, -1, 0, 1];

test('kernels that grow or shrink keep their middle', () => {
  const wider = withControl(EXAMPLE, 'kernel_size', 'both', 5);
  assert.deepEqual(kernels(wider), [
    [0, 0, 0, 0, 0, 0, -1, 0, 1, 0, 0, -2, 0, 2, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0],
  ]);
  assert.deepEqual(wider.settings.kernel_size, [5, 5]);
  const back = withControl(wider, 'kernel_size', 'both', 3);
  assert.deepEqual(kernels(back), [SOBEL]);
  const flat = withControl(EXAMPLE, 'kernel_size', 'height', 1);
  assert.deepEqual(kernels(flat), [[-2, 0, 2]]);
  const even = withControl(EXAMPLE, 'kernel_size', 'both', 2);
  assert.deepEqual(kernels(even), [[-1, 0, -2, 0]]);
  assert.deepEqual(kernels(withControl(even, 'kernel_size', 'both', 3)), [
    [-1, 0, 0, -2, 0, 0, 0, 0, 0],
  ]);
});

test('a kernel made smaller and larger again is whole when its source is known', () => {
  const smaller = withControl(EXAMPLE, 'kernel_size', 'both', 1);
  assert.deepEqual(kernels(smaller), [[0]]);
  const whole = withControl(smaller, 'kernel_size', 'both', 3, EXAMPLE.weight);
  assert.deepEqual(kernels(whole), [SOBEL]);
});

test('settings that change nothing change nothing', () => {
  assert.equal(withSettings(EXAMPLE, { ...EXAMPLE.settings }), EXAMPLE);
  assert.equal(withControl(EXAMPLE, 'stride', 'both', 2), EXAMPLE);
  assert.equal(withOperation(EXAMPLE, 'conv2d'), EXAMPLE);
  assert.equal(withControl(EXAMPLE, 'stride', 'both', 1).weight, EXAMPLE.weight);
});

test('settings that an operation does not know are left out', () => {
  const experiment = withSettings(EXAMPLE, { ...EXAMPLE.settings, ceil_mode: true });
  assert.equal('ceil_mode' in experiment.settings, false);
  const pooled = withGroups(withOperation(onInput(2, 4, 4), 'max'), 2);
  assert.equal('groups' in pooled.settings, false);
});

test('kernel sizes that are none are brought to one that is', () => {
  const sizes = [0, -3, 2.4, 99, NaN].map(
    (kernel_size) =>
      withSettings(EXAMPLE, { ...EXAMPLE.settings, kernel_size }).settings.kernel_size,
  );
  assert.deepEqual(sizes, [
    [1, 1],
    [1, 1],
    [2, 2],
    [11, 11],
    [1, 1],
  ]);
});

test('an operation takes over what means the same, and has the rest as it was left', () => {
  const padded = withSettings(EXAMPLE, {
    ...EXAMPLE.settings,
    padding: 1,
    padding_mode: 'reflect',
    flip_kernel: true,
  });
  const pooled = withOperation(padded, 'max');
  assert.deepEqual(pooled.settings, {
    kernel_size: [3, 3],
    stride: 2,
    padding: 1,
    dilation: 1,
    ceil_mode: false,
    count_include_pad: true,
    divisor_override: null,
    norm_type: 2,
    output_size: 3,
  });
  const back = withOperation(pooled, 'conv2d', { ...padded.settings, padding: 7 });
  assert.deepEqual(back.settings, padded.settings);
  assert.deepEqual(kernels(back), [SOBEL]);
  const average = withOperation(pooled, 'average');
  assert.equal(average.settings, pooled.settings);
});

test('a pooling’s own kernel size leaves the kernels alone; its stride becomes a number', () => {
  const pooled = withSettings(withOperation(EXAMPLE, 'max'), {
    kernel_size: [2, 3],
    stride: null,
  });
  assert.deepEqual(pooled.weight, EXAMPLE.weight);
  const back = withOperation(pooled, 'conv2d');
  assert.deepEqual(
    [back.settings.kernel_size, back.settings.stride],
    [
      [3, 3],
      [2, 3],
    ],
  );
});

test('a transposed convolution has its kernels in its own order', () => {
  const wide = withWeight(onInput(3, 4, 4), numbers(2, 3, 2, 2));
  const turned = withOperation(wide, 'conv_transpose2d');
  assert.deepEqual(turned.weight.shape, [3, 2, 2, 2]);
  const [one, two] = [kernels(wide), kernels(turned)];
  for (const filter of [0, 1]) {
    for (const channel of [0, 1, 2]) {
      assert.deepEqual(two[channel * 2 + filter], one[filter * 3 + channel]);
    }
  }
  const settings = { ...turned.settings, groups: undefined };
  assert.equal(layoutOf({ ...turned, settings }).outChannels, 2);
  assert.deepEqual(withOperation(turned, 'conv2d').weight, wide.weight);
  assert.deepEqual(withOperation(turned, 'max').weight, wide.weight);
});

test('more groups keep the kernels within them, fewer read the others with the first', () => {
  const wide = withWeight(onInput(4, 4, 4), numbers(4, 4, 1, 2));
  const halves = withGroups(wide, 2);
  assert.deepEqual([halves.settings.groups, halves.weight.shape], [2, [4, 2, 1, 2]]);
  const [all, half] = [kernels(wide), kernels(halves)];
  assert.deepEqual(half, [all[0], all[1], all[4], all[5], all[10], all[11], all[14], all[15]]);
  const depthwise = withGroups(halves, 4);
  assert.deepEqual(kernels(depthwise), [all[0], all[5], all[10], all[15]]);
  const whole = kernels(withGroups(depthwise, 1));
  assert.deepEqual(whole.slice(0, 4), [all[0], all[0], all[0], all[0]]);
  assert.deepEqual(whole.slice(12), [all[15], all[15], all[15], all[15]]);
  assert.equal(withGroups(wide, 3).settings.groups, 2);
  assert.equal(withGroups(wide, 0).settings.groups, 1);
});

test('the same in a transposed convolution', () => {
  const wide = withGroups(
    withOperation(withWeight(onInput(2, 3, 3), numbers(4, 2, 1, 1)), 'conv_transpose2d'),
    2,
  );
  assert.deepEqual(wide.weight.shape, [2, 2, 1, 1]);
  assert.deepEqual(layoutOf(wide).outChannels, 4);
  const { data } = numbers(4, 2, 1, 1);
  assert.deepEqual(kernels(wide).flat(), [data[0], data[2], data[5], data[7]]);
});

test('depthwise with some filters for each channel', () => {
  const depthwise = withDepthMultiplier(onInput(3, 4, 4), 2);
  assert.deepEqual([depthwise.settings.groups, depthwise.weight.shape], [3, [6, 1, 3, 3]]);
  assert.deepEqual(withDepthMultiplier(depthwise, 9).weight.shape, [6, 1, 3, 3]);
  const four = withInput(depthwise, numbers(4, 4, 4));
  assert.deepEqual([four.settings.groups, four.weight.shape], [4, [8, 1, 3, 3]]);
  const eight = withInput(depthwise, numbers(8, 4, 4));
  assert.deepEqual([eight.settings.groups, eight.weight.shape], [8, [8, 1, 3, 3]]);
});

test('another number of channels takes the groups that still divide', () => {
  const grouped = withGroups(withWeight(onInput(4, 4, 4), numbers(4, 4, 2, 2)), 2);
  assert.equal(withInChannels(grouped, 3).settings.groups, 1);
  assert.equal(withInChannels(grouped, 6).settings.groups, 2);
  assert.equal(withOutChannels(grouped, 3).settings.groups, 1);
});

test('new channels are mirror images, new filters well-known kernels', () => {
  const wide = withInChannels(
    withInput(EXAMPLE, { shape: [1, 2, 2], data: Float64Array.of(1, 2, 3, 4) }),
    5,
  );
  assert.deepEqual(Array.from(wide.input.data), [
    ...[1, 2, 3, 4],
    ...[2, 1, 4, 3],
    ...[3, 4, 1, 2],
    ...[4, 3, 2, 1],
    ...[1, 2, 3, 4],
  ]);
  assert.deepEqual(kernels(wide), Array(5).fill(SOBEL));
  assert.deepEqual(withInChannels(wide, 2).input.shape, [2, 2, 2]);
  const filters = withOutChannels(EXAMPLE, 20);
  assert.deepEqual(filters.weight.shape, [8, 1, 3, 3]);
  assert.equal(new Set(kernels(filters).map(String)).size, 8);
  assert.equal(withOutChannels(filters, 0).weight.shape[0], 1);
});

test('an input in another size keeps what it has', () => {
  const wide = withInputSize(EXAMPLE, 9, 6);
  assert.deepEqual(wide.input.shape, [1, 9, 6]);
  assert.deepEqual(
    Array.from(wide.input.data.subarray(0, 6)),
    Array.from(EXAMPLE.input.data.subarray(0, 6)),
  );
  assert.ok(wide.input.data.subarray(48).every((value) => value === 0));
  assert.deepEqual(withInputSize(EXAMPLE, 0, 99).input.shape, [1, 1, 64]);
});

test('one cell of the input, of the weight, of the bias, of the output gradient', () => {
  const two = onInput(2, 3, 4);
  const cell = withInputCell(two, { channel: 1, row: 2, column: 3 }, 7);
  assert.equal(cell.input.data[23], 7);
  assert.notEqual(two.input.data[23], 7);
  assert.equal(withWeightCell(two, [0, 1, 2, 0], 5).weight.data[15], 5);
  assert.deepEqual(withBiasCell(two, 0, 3).bias, Float64Array.of(3));
  assert.deepEqual(withBiasCell(withBiasCell(two, 0, 3), 0, 4).bias, Float64Array.of(4));
  assert.equal(withBias(withBiasCell(two, 0, 3), null).bias, null);
  const upstream = withOutputGradientCell(EXAMPLE, { channel: 0, row: 1, column: 2 }, 0);
  assert.deepEqual(Array.from(upstream.outputGradient?.data ?? []), [1, 1, 1, 1, 1, 0, 1, 1, 1]);
  const refused = withInput(EXAMPLE, numbers(1, 2, 2));
  assert.equal(withOutputGradientCell(refused, { channel: 0, row: 0, column: 0 }, 0), refused);
});

test('bias and output gradient follow the output’s shape', () => {
  const biased = withBias(EXAMPLE, Float64Array.of(3));
  assert.deepEqual(withOutChannels(biased, 3).bias, Float64Array.of(3, 0, 0));
  assert.deepEqual(withOutChannels(withOutChannels(biased, 3), 1).bias, Float64Array.of(3));
  const upstream = withOutputGradientCell(EXAMPLE, { channel: 0, row: 0, column: 1 }, 5);
  const wider = withControl(upstream, 'stride', 'width', 1);
  assert.deepEqual(outputGradientOf(wider)?.shape, [1, 3, 6]);
  assert.deepEqual(Array.from(outputGradientOf(wider)?.data.subarray(0, 4) ?? []), [1, 5, 1, 1]);
  const same = withWeightCell(withBias(upstream, null), [0, 0, 0, 0], 2);
  assert.equal(same.outputGradient, upstream.outputGradient);
  assert.equal(withInput(upstream, numbers(1, 2, 2)).outputGradient, null);
});

test('one kernel for a filter or for all, its size for every kernel', () => {
  const wide = withOutChannels(onInput(2, 5, 5), 2);
  const kernel = { shape: [1, 2], data: Float64Array.of(5, 6) };
  const all = withKernel(wide, kernel);
  assert.deepEqual(kernels(all), Array(4).fill([5, 6]));
  assert.deepEqual(all.settings.kernel_size, [1, 2]);
  const one = withKernel(wide, kernel, 1);
  assert.deepEqual(kernels(one).slice(2), Array(2).fill([5, 6]));
  assert.deepEqual(kernels(one).slice(0, 2), Array(2).fill([-2, 0]));
  const grouped = withKernel(withGroups(wide, 2), kernel);
  assert.deepEqual(kernels(grouped), Array(2).fill([5, 6]));
});

test('another weight is fitted to the input’s channels', () => {
  const weight = numbers(2, 1, 2, 2);
  const fitted = withWeight(onInput(3, 4, 4), weight, 1);
  assert.deepEqual(fitted.weight.shape, [2, 3, 2, 2]);
  assert.deepEqual(kernels(fitted)[2], Array.from(weight.data.subarray(0, 4)));
  const many = withWeight(onInput(1, 4, 4), numbers(32, 1, 3, 3));
  assert.deepEqual(many.weight.shape, [8, 1, 3, 3]);
  const turned = withWeight(
    withOperation(onInput(2, 3, 3), 'conv_transpose2d'),
    numbers(2, 3, 1, 1),
  );
  assert.deepEqual([turned.weight.shape, layoutOf(turned).outChannels], [[2, 3, 1, 1], 3]);
  // One filter of three channels lends its first kernels.
  const narrow = withWeight(onInput(2, 4, 4), numbers(1, 3, 2, 2), 1);
  assert.deepEqual(kernels(narrow), [
    Array.from(numbers(1, 3, 2, 2).data.subarray(0, 4)),
    Array.from(numbers(1, 3, 2, 2).data.subarray(4, 8)),
  ]);
});

test('what is impossible is mended, and it is said why and how', () => {
  assert.deepEqual(nearestExperiment(EXAMPLE), { experiment: EXAMPLE, notice: null });
  const found = nearestExperiment(withInput(EXAMPLE, numbers(1, 2, 8)));
  assert.deepEqual(found?.experiment.settings.kernel_size, [2, 3]);
  assert.equal(found?.notice?.field, 'kernel_size');
  assert.match(
    String(found?.notice?.sentence),
    /^The kernel does not fit: .* kernel_size is now 2×3\.$/,
  );
  assert.equal(outcome(/** @type {any} */ (found?.experiment)).kind, 'computed');
  const empty = { ...EXAMPLE, input: { shape: [1, 0, 3], data: new Float64Array(0) } };
  assert.equal(nearestExperiment(empty), null);
});

test('what goes further than the Lab does is cut back', () => {
  const wide = nearestExperiment(EXAMPLE, {
    ...EXAMPLE.settings,
    padding: { top: 20, bottom: 1, left: 0, right: 0 },
    dilation: 99,
  });
  assert.deepEqual(wide?.experiment.settings.padding, { top: 16, bottom: 1, left: 0, right: 0 });
  assert.equal(
    wide?.notice?.sentence.split('.')[0],
    'padding goes up to 16 here; 20 was asked for',
  );
  const large = withInput(
    withSettings(withOperation(EXAMPLE, 'conv_transpose2d'), { stride: 16 }),
    numbers(1, 64, 64),
  );
  assert.deepEqual(nearestExperiment(large)?.experiment.settings.stride, 4);
});

test('settings that are possible are taken without a word', () => {
  const found = nearestExperiment(EXAMPLE, { ...EXAMPLE.settings, stride: 1 });
  assert.deepEqual([found?.experiment.settings.stride, found?.notice], [1, null]);
});

test('every operation can follow every other, whatever was set before', () => {
  const settings = [
    { padding: 'same', stride: 1 },
    { padding: { top: 3, bottom: 0, left: 1, right: 2 }, padding_mode: 'reflect' },
    { padding: 7, dilation: 3 },
  ];
  for (const from of OPERATION_NAMES) {
    for (const to of OPERATION_NAMES) {
      for (const own of settings) {
        const before = nearestExperiment(withOperation(onInput(2, 9, 7), from), own);
        const after = before && nearestExperiment(withOperation(before.experiment, to));
        assert.equal(after && outcome(after.experiment).kind, 'computed', `${from} ${to}`);
      }
    }
  }
});
