import assert from 'node:assert/strict';
import test from 'node:test';

import { windowAxes } from '../../../static/js/core/operations/axis.js';
import { readSettings } from '../../../static/js/core/settings.js';

test('what is left out has PyTorch’s defaults', () => {
  assert.deepEqual(readSettings({}), {
    kernelSize: [1, 1],
    stride: [1, 1],
    padding: { top: 0, bottom: 0, left: 0, right: 0 },
    dilation: [1, 1],
    groups: 1,
    paddingMode: 'zeros',
    ceilMode: false,
    countIncludePad: true,
    divisorOverride: null,
    flipKernel: false,
    outputPadding: [0, 0],
    normType: 2,
    outputSize: null,
  });
});

test('numbers and pairs are read alike', () => {
  const settings = readSettings({ kernel_size: 3, stride: [2, 1], dilation: 2, groups: 4 });
  assert.deepEqual(settings.kernelSize, [3, 3]);
  assert.deepEqual(settings.stride, [2, 1]);
  assert.deepEqual(settings.dilation, [2, 2]);
  assert.equal(settings.groups, 4);
});

test('stride null is the kernel size', () => {
  assert.deepEqual(readSettings({ kernel_size: [2, 3], stride: null }).stride, [2, 3]);
});

test('padding is read in every form', () => {
  const sides = { top: 1, bottom: 1, left: 2, right: 2 };
  const none = { top: 0, bottom: 0, left: 0, right: 0 };
  const of = (/** @type {any} */ padding) =>
    readSettings({ kernel_size: [3, 4], dilation: [2, 3], padding }).padding;
  assert.deepEqual(of([1, 2]), sides);
  assert.deepEqual(of(1), { top: 1, bottom: 1, left: 1, right: 1 });
  assert.deepEqual(of('valid'), none);
  assert.deepEqual(of('same'), { top: 2, bottom: 2, left: 4, right: 5 });
  assert.deepEqual(of({ top: 1, right: 3 }), { ...none, top: 1, right: 3 });
});

test('the output size of an adaptive pooling is one number or a pair', () => {
  assert.deepEqual(readSettings({ output_size: 3 }).outputSize, [3, 3]);
  assert.deepEqual(readSettings({ output_size: [null, 2] }).outputSize, [null, 2]);
});

test('the axes share the modes and part the rest', () => {
  const settings = readSettings({
    kernel_size: [3, 5],
    stride: [1, 2],
    dilation: [2, 1],
    padding: { top: 1, bottom: 2, left: 3, right: 4 },
    padding_mode: 'reflect',
    ceil_mode: true,
  });
  const modes = { paddingMode: 'reflect', ceilMode: true };
  assert.deepEqual(windowAxes(settings, 8, 9), {
    height: {
      inputSize: 8,
      kernelSize: 3,
      stride: 1,
      dilation: 2,
      paddingBefore: 1,
      paddingAfter: 2,
      ...modes,
    },
    width: {
      inputSize: 9,
      kernelSize: 5,
      stride: 2,
      dilation: 1,
      paddingBefore: 3,
      paddingAfter: 4,
      ...modes,
    },
  });
});
