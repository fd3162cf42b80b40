import assert from 'node:assert/strict';
import test from 'node:test';

import { sizeStep } from '../../../../static/js/core/operations/size.js';
import { axisOf, golden } from '../golden.js';

test('what the division leaves and the last window’s overhang are as in Python', () => {
  for (const { axis, remainder, overhang } of golden('size_steps')) {
    const step = sizeStep(axisOf(axis));
    assert.equal(step.remainder, remainder);
    assert.equal(step.overhang, overhang);
  }
});

test('sizes and unread lines are those of torch', () => {
  for (const { axis, output, unread } of golden('pooling_axes')) {
    if (output === null) continue;
    const step = sizeStep(axisOf(axis));
    assert.equal(step.output, output);
    assert.deepEqual(step.unread, unread);
    const start = (output - 1) * step.stride; // of the last window
    if (!axis.ceil_mode) assert.equal(step.numerator, start + step.remainder);
    if (step.overhang > 0) assert.equal(step.numerator + step.overhang, start);
  }
});

test('a step has every number of the API’s', () => {
  const axis = { input: 8, kernel_size: 3, stride: 2, dilation: 1, padding_before: 0 };
  const modes = { padding_after: 0, padding_mode: 'zeros', ceil_mode: false };
  assert.deepEqual(sizeStep(axisOf({ ...axis, ...modes })), {
    input: 8,
    padding_before: 0,
    padding_after: 0,
    kernel_size: 3,
    dilation: 1,
    effective_kernel_size: 3,
    stride: 2,
    ceil_mode: false,
    numerator: 5,
    quotient: 2.5,
    output: 3,
    remainder: 1,
    overhang: 0,
    unread: [7],
  });
});

test('where nothing fits the output is 0 and every line is unread', () => {
  const axis = { input: 2, kernel_size: 3, stride: 1, dilation: 1, padding_before: 0 };
  const modes = { padding_after: 0, padding_mode: 'zeros', ceil_mode: false };
  const step = sizeStep(axisOf({ ...axis, ...modes }));
  assert.equal(step.output, 0);
  assert.deepEqual(step.unread, [0, 1]);
});
