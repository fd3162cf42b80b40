import assert from 'node:assert/strict';
import test from 'node:test';

import {
  EXAMPLE,
  outcome,
  withInput,
  withSettings,
} from '../../../../static/js/core/experiment/experiment.js';
import { PATTERNS, pattern } from '../../../../static/js/core/input/patterns.js';
import { resized } from '../../../../static/js/core/input/resize.js';

/** @param {string} name @param {number} height @param {number} width @param {number} [channels] */
function values(name, height, width, channels = 1) {
  const found = pattern(name, height, width, channels);
  assert.ok(found);
  return found;
}

/** One map as rows. @param {import('../../../../static/js/core/experiment/experiment.js').Values} map */
const rows = ({ shape: [, height, width], data }) =>
  Array.from({ length: height }, (_, row) =>
    Array.from(data.subarray(row * width, (row + 1) * width)),
  );

test('every pattern has finite numbers in every size and channel', () => {
  for (const { name, title, line } of PATTERNS) {
    assert.ok(title.length > 2 && line.endsWith('.'));
    for (const [height, width, channels] of [
      [1, 1, 1],
      [1, 64, 2],
      [7, 3, 3],
      [64, 64, 8],
    ]) {
      const { shape, data } = values(name, height, width, channels);
      assert.deepEqual(shape, [channels, height, width]);
      assert.ok(data.every((value) => value >= 0 && (value <= 1 || name === 'count')));
    }
  }
  assert.equal(pattern('nothing', 3, 3, 1), null);
});

test('patterns are what they are called', () => {
  assert.deepEqual(rows(values('impulse', 3, 3)), [
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ]);
  assert.deepEqual(rows(values('ramp', 2, 5)), Array(2).fill([0, 0.25, 0.5, 0.75, 1]));
  assert.deepEqual(rows(values('step', 1, 4)), [[0, 0, 1, 1]]);
  assert.deepEqual(rows(values('diagonal', 3, 3)), [
    [1, 1, 1],
    [0, 1, 1],
    [0, 0, 1],
  ]);
  assert.deepEqual(rows(values('stripes', 1, 4)), [[0, 1, 0, 1]]);
  assert.deepEqual(rows(values('checkerboard', 2, 2)), [
    [0, 1],
    [1, 0],
  ]);
  assert.deepEqual(rows(values('square', 4, 4))[1], [0, 1, 1, 0]);
  assert.deepEqual(rows(values('count', 2, 3)), [
    [0, 1, 2],
    [3, 4, 5],
  ]);
  assert.deepEqual(rows(values('ones', 1, 2)), [[1, 1]]);
  const [ring, blob] = [values('ring', 9, 9), values('blob', 9, 9)];
  assert.equal(ring.data[40], 0);
  assert.equal(blob.data[40], 1);
});

test('an impulse gives back the kernel, turned around', () => {
  const impulse = withInput(EXAMPLE, values('impulse', 3, 3));
  const found = outcome(withSettings(impulse, { ...EXAMPLE.settings, stride: 1, padding: 1 }));
  const output = found.kind === 'computed' ? Array.from(found.output.data) : [];
  assert.deepEqual(
    output.map((value) => value + 0),
    Array.from(EXAMPLE.weight.data).reverse(),
  );
});

test('the glyph is itself at its own size, larger in whole steps, cut where there is no room', () => {
  assert.deepEqual(values('glyph', 8, 8), EXAMPLE.input);
  const nine = rows(values('glyph', 9, 9));
  assert.deepEqual(nine[8], Array(9).fill(0));
  assert.deepEqual(nine[0].slice(0, 8), rows(EXAMPLE.input)[0]);
  const twice = rows(values('glyph', 18, 16));
  assert.deepEqual(twice[1], twice[2]);
  assert.deepEqual(twice[0], Array(16).fill(0));
  const four = rows(values('glyph', 4, 4));
  assert.deepEqual(four[0], [0, 0.2, 0.5, 0]);
});

test('a picture in another size keeps its means, an enlarged one its crispness', () => {
  const small = { shape: [2, 2, 2], data: Float64Array.of(0, 1, 1, 1, 0, 0, 0, 51 / 255) };
  const twice = resized(small, 4, 4);
  assert.deepEqual(rows({ shape: [1, 4, 4], data: twice.data.subarray(0, 16) })[1], [0, 0, 1, 1]);
  assert.deepEqual(resized(twice, 2, 2), small);
  const one = resized(small, 1, 1);
  assert.deepEqual(
    Array.from(one.data, (value) => Math.round(value * 255)),
    [191, 13],
  );
});
