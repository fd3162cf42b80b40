import assert from 'node:assert/strict';
import test from 'node:test';

import { outputSize } from '../../../../static/js/core/operations/axis.js';
import {
  positions,
  readers,
  readersAt,
  sources,
  sourceTable,
  unreadLines,
  windowAt,
} from '../../../../static/js/core/operations/window.js';
import { axisOf, golden } from '../golden.js';

/**
 * The sources of every output line.
 * @param {import('../../../../static/js/core/operations/axis.js').Axis} axis
 */
function windows(axis) {
  return Array.from({ length: outputSize(axis) }, (_, output) => sources(axis, output));
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
      assert.deepEqual(readers(axis, source), found);
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

test('a window is the product of its rows and its columns', () => {
  const axes = { height: plain, width: { ...plain, inputSize: 4, stride: 1 } };
  assert.deepEqual(windowAt(axes, 0, 3), { rows: [null, 0, 1], columns: [2, 3, null] });
});

test('the readers of a cell are those of its row times those of its column', () => {
  const axes = { height: plain, width: { ...plain, inputSize: 4, stride: 1 } };
  assert.deepEqual(readersAt(axes, 1, 0), [
    { row: 0, column: 0, kernelRow: 2, kernelColumn: 1 },
    { row: 0, column: 1, kernelRow: 2, kernelColumn: 0 },
    { row: 1, column: 0, kernelRow: 0, kernelColumn: 1 },
    { row: 1, column: 1, kernelRow: 0, kernelColumn: 0 },
  ]);
});

test('a line outside the output is refused', () => {
  assert.deepEqual(positions(plain, 2), [3, 4, 5]);
  assert.throws(() => positions(plain, 3), /There is no line 3: the output has 3\./);
  assert.throws(() => positions(plain, -1), RangeError);
});
