import assert from 'node:assert/strict';
import test from 'node:test';

import { outputSize } from '../../../../static/js/core/operations/axis.js';
import { movingAxis } from '../../../../static/js/core/operations/moving_axis.js';
import { axesOf } from '../../../../static/js/core/operations/registry.js';
import { sourceTable, unreadLines } from '../../../../static/js/core/operations/window.js';
import { axisOf, golden } from '../golden.js';
import { taskOf } from './task.js';

/**
 * The sources of every output line.
 * @param {import('../../../../static/js/core/operations/axis.js').Axis} axis
 */
function windows(axis) {
  const map = movingAxis(axis);
  return Array.from({ length: map.output.size }, (_, output) =>
    map.sources(output).map(({ source }) => source),
  );
}

/** Settings that torch refuses for the padding alone: the size itself would be there. */
const isPaddingRefused = (/** @type {any} */ axis) => {
  const largest = Math.max(axis.padding_before, axis.padding_after);
  return (
    (axis.padding_mode === 'reflect' && largest >= axis.input) ||
    (axis.padding_mode === 'circular' && largest > axis.input)
  );
};

test('convolution axes read what torch reads', () => {
  for (const { axis, output, sources: expected, unread } of golden('convolution_axes')) {
    if (isPaddingRefused(axis)) continue;
    assert.equal(outputSize(axisOf(axis)), output ?? 0, JSON.stringify(axis));
    if (output === null) continue;
    assert.deepEqual(windows(axisOf(axis)), expected, JSON.stringify(axis));
    assert.deepEqual(unreadLines(axisOf(axis)), unread, JSON.stringify(axis));
  }
});

test('pooling axes read what torch reads, ceil_mode included', () => {
  for (const { axis, output, reads, unread } of golden('pooling_axes')) {
    if (output === null) {
      // Beyond half the kernel only PyTorch refuses.
      if (axis.padding_before <= Math.floor(axis.kernel_size / 2)) {
        assert.equal(outputSize(axisOf(axis)), 0, JSON.stringify(axis));
      }
      continue;
    }
    const read = windows(axisOf(axis)).map((window) => window.filter((line) => line !== null));
    assert.deepEqual(read, reads, JSON.stringify(axis));
    assert.deepEqual(unreadLines(axisOf(axis)), unread, JSON.stringify(axis));
  }
});

test('the map reads the same in every direction', () => {
  for (const { axis: stored } of golden('convolution_axes')) {
    const axis = axisOf(stored);
    if (isPaddingRefused(stored)) continue;
    const expected = windows(axis);
    assert.deepEqual(
      Array.from(sourceTable(axis)),
      expected.flat().map((line) => line ?? -1),
    );
    for (let source = 0; source < axis.inputSize; source++) {
      const found = expected.flatMap((window, output) =>
        window.flatMap((line, kernel) => (line === source ? [{ output, kernel }] : [])),
      );
      const readers = movingAxis(axis).readers(source);
      assert.deepEqual(
        readers.map(({ output, kernel }) => ({ output, kernel })),
        found,
      );
    }
  }
});

const plain = axisOf({
  input: 5,
  kernel_size: 3,
  stride: 2,
  dilation: 1,
  padding_before: 1,
  padding_after: 1,
  padding_mode: 'zeros',
  ceil_mode: false,
});

test('a line outside the output is refused', () => {
  const map = movingAxis(plain);
  assert.deepEqual(
    map.sources(2).map(({ input }) => input),
    [3, 4, 5],
  );
  assert.throws(() => map.sources(3), /There is no line 3: the output has 3\./);
  assert.throws(() => map.sources(-1), RangeError);
});

test('a kernel that is turned over counts from its other end', () => {
  const kernels = movingAxis(plain, true).sources(0);
  assert.deepEqual(
    kernels.map(({ source, kernel }) => [source, kernel]),
    [
      [null, 2],
      [0, 1],
      [1, 0],
    ],
  );
});

test('an adaptive axis without a size of its own has the input’s', () => {
  const input = { shape: [1, 2, 3], data: new Float64Array(6) };
  const { height, width } = axesOf(taskOf('adaptive_max', {}, input));
  assert.deepEqual([height.output.size, width.output.size], [2, 3]);
});
