import assert from 'node:assert/strict';
import test from 'node:test';

import { divergingTable, pack } from '../../../../static/js/core/colour.js';
import { EXAMPLE } from '../../../../static/js/core/experiment/experiment.js';
import { outcome } from '../../../../static/js/core/experiment/outcome.js';
import {
  photoExperiment,
  photoTraces,
  pixelAround,
  usualShow,
} from '../../../../static/js/core/input/photo.js';
import { fromRgba, photoPixels } from '../../../../static/js/core/input/photo_pixels.js';

const TABLE = divergingTable([0, 0, 255], [255, 255, 255], [255, 0, 0]);

/** @param {number} height @param {number} width */
function photoOf(height, width) {
  const data = Float64Array.from({ length: 3 * height * width }, (_, i) => ((7 * i) % 11) / 10);
  return { shape: [3, height, width], data };
}

/**
 * @param {number[]} shape
 * @param {(index: number) => number} value
 */
function values(shape, value) {
  const size = shape.reduce((product, side) => product * side, 1);
  return { shape, data: Float64Array.from({ length: size }, (_, index) => value(index)) };
}

/**
 * The convolution written out, with nothing but its definition; stride 1, no padding.
 * @param {{shape: number[], data: Float64Array}} photo
 * @param {number[]} kernel  3 × 3 a colour
 * @param {number} row
 * @param {number} column
 */
function plain(photo, kernel, row, column) {
  const [, height, width] = photo.shape;
  return [0, 1, 2].map((colour) => {
    let sum = 0;
    for (let m = 0; m < 3; m++) {
      for (let n = 0; n < 3; n++) {
        const at = (colour * height + row + m) * width + column + n;
        sum += photo.data[at] * kernel[(colour * 3 + m) * 3 + n];
      }
    }
    return sum;
  });
}

const SETTINGS = { kernel_size: [3, 3], stride: 1, padding: 0, dilation: 1, groups: 1 };

test('a kernel of one channel goes over each colour by itself', () => {
  const weight = values([2, 1, 3, 3], (index) => index - 8);
  const photo = photoOf(5, 6);
  const bias = Float64Array.of(0.5, -2);
  const job = photoExperiment({ ...EXAMPLE, weight, bias, settings: SETTINGS }, photo, 1);
  const result = outcome(job);
  assert.ok(result.kind === 'computed');
  assert.deepEqual(result.output.shape, [3, 3, 4]);
  const kernel = weight.data.subarray(9, 18);
  const wanted = plain(photo, [...kernel, ...kernel, ...kernel], 2, 3);
  const traces = photoTraces(job, { row: 2, column: 3 });
  for (const colour of [0, 1, 2]) {
    /** @type {number} */
    const value = result.output.data[colour * 12 + 2 * 4 + 3];
    assert.ok(Math.abs(value - wanted[colour] + 2) < 1e-12);
    assert.equal(traces[colour].value, value);
  }
});

test('a filter of three channels mixes the colours into one map', () => {
  const weight = values([2, 3, 3, 3], (index) => Math.sin(index));
  const photo = photoOf(4, 4);
  const settings = { ...SETTINGS, groups: 1 };
  const job = photoExperiment({ ...EXAMPLE, weight, bias: null, settings }, photo, 1);
  const result = outcome(job);
  assert.ok(result.kind === 'computed');
  assert.deepEqual(result.output.shape, [1, 2, 2]);
  const [red, green, blue] = plain(photo, [...weight.data.subarray(27)], 1, 0);
  assert.ok(Math.abs(result.output.data[2] - red - green - blue) < 1e-12);
  const traces = photoTraces(job, { row: 1, column: 0 });
  assert.equal(traces.length, 1);
  assert.deepEqual(traces[0].shape, [3, 3, 3]);
});

test('a pixel of the photograph leads to the window that has it in the middle', () => {
  const settings = { ...SETTINGS, stride: 2, padding: 1 };
  const job = photoExperiment({ ...EXAMPLE, settings }, photoOf(9, 9), 0);
  assert.deepEqual(pixelAround(job, { row: 4, column: 6 }), { row: 2, column: 3 });
  assert.deepEqual(pixelAround(job, { row: 0, column: 8 }), { row: 0, column: 4 });
  const dense = photoExperiment({ ...EXAMPLE, settings: SETTINGS }, photoOf(9, 9), 0);
  assert.deepEqual(pixelAround(dense, { row: 4, column: 8 }), { row: 3, column: 6 });
  const sparse = photoExperiment(
    { ...EXAMPLE, settings: { ...settings, stride: 5 } },
    photoOf(9, 9),
    0,
  );
  assert.equal(pixelAround(sparse, { row: 3, column: 0 }), null);
  // Where a larger photograph was a moment ago, and where no window fits at all.
  assert.equal(pixelAround(job, { row: 9, column: 0 }), null);
  assert.equal(pixelAround(job, { row: 0, column: 9 }), null);
  const tiny = photoExperiment({ ...EXAMPLE, settings: SETTINGS }, photoOf(1, 1), 0);
  assert.equal(pixelAround(tiny, { row: 0, column: 0 }), null);
});

test('what a kernel does to light says how its result is looked at', () => {
  const one = (/** @type {number[]} */ ...data) => ({
    ...EXAMPLE,
    weight: { shape: [1, 1, 1, data.length], data: Float64Array.from(data) },
  });
  assert.equal(usualShow(one(0.25, 0.5, 0.25)), 'picture');
  assert.equal(usualShow(one(-1, 0, 1)), 'signed');
});

test('three maps are colours, one map is grey, beyond the ends is cut off', () => {
  const colours = { shape: [3, 1, 2], data: Float64Array.of(1, -0.4, 0, 2, 0.2, 0.6) };
  const { pixels, largest } = photoPixels(colours, 'picture', TABLE);
  assert.deepEqual([...pixels], [pack([255, 0, 51]), pack([0, 255, 153])]);
  assert.equal(largest, 2);
  const grey = { shape: [1, 1, 1], data: Float64Array.of(-0.4) };
  assert.deepEqual([...photoPixels(grey, 'absolute', TABLE).pixels], [pack([102, 102, 102])]);
});

test('signed values are the mean of the maps around zero, few of them beyond the range', () => {
  const small = values([1, 40, 40], (index) => (index === 0 ? -100 : index % 2 ? 1 : -1));
  const { pixels, limit, largest } = photoPixels(small, 'signed', TABLE);
  assert.equal(largest, 100);
  assert.ok(limit >= 1 && limit < 1.1);
  assert.equal(pixels[0], TABLE[0]);
  assert.equal(pixels[1], TABLE[Math.round(127 + 127 / limit)]);
  const colours = { shape: [3, 1, 1], data: Float64Array.of(3, -3, 0) };
  assert.deepEqual([...photoPixels(colours, 'signed', TABLE).pixels], [TABLE[127]]);
});

test("a picture's bytes are values by colour", () => {
  const rgba = Uint8ClampedArray.of(255, 0, 51, 255, 0, 102, 204, 255);
  const { shape, data } = fromRgba(rgba, 2, 1);
  assert.deepEqual(shape, [3, 1, 2]);
  assert.deepEqual([...data], [1, 0, 0, 0.4, 0.2, 0.8]);
});
