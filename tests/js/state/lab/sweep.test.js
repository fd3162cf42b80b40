import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

import { openPage, pass } from '../browser.js';
import { EXAMPLE, withInputSize } from '../../../../static/js/core/experiment/experiment.js';
import { sweepOf } from '../../../../static/js/core/sweep/sweep.js';
import { LabState } from '../../../../static/js/state/lab/store.js';
import { keyOf, startSweep } from '../../../../static/js/state/lab/sweep.js';

const lab = new LabState();
const { sweepRanges } = lab;
const { combinations, manyRows, sweptRows, sweptPictures } = lab.sweep;

const FULL = {
  kernel_size: [3, 5, 7, 9, 11],
  stride: [1, 2, 3, 4],
  padding: [0, 1, 2, 3],
  dilation: [1, 2, 3, 4, 5],
  ceil_mode: null,
};

/** @type {() => void} */
let stop = () => {};
/** A clock on which everything takes long, so that every slice is over at once. */
let clock = 0;

/** Lets every promise that can go on do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  openPage();
  mock.method(performance, 'now', () => (clock += 10));
  lab.experiments.begin(withInputSize(EXAMPLE, 24, 24));
  manyRows.value = [];
  sweptPictures.value = new Map();
});

afterEach(() => {
  stop();
  mock.restoreAll();
});

test('few rows are there at once', () => {
  sweepRanges.value = { ...FULL, kernel_size: [3], dilation: [1] };
  stop = startSweep(lab);
  assert.equal(sweptRows.value.length, combinations.value);
});

test('many rows and their pictures are made in slices, and are those of the whole', async () => {
  sweepRanges.value = FULL;
  stop = startSweep(lab);
  const { value: count } = combinations;
  assert.deepEqual([count, sweptRows.value.length], [400, 0]);
  pass(400);
  let turns = 0;
  while (sweptRows.value.length === 0 && turns < 1000) {
    await settle();
    pass(1);
    turns += 1;
  }
  // A slice for each kernel size and stride.
  assert.ok(turns >= 20, `${turns}`);
  // Cells are added a few at a time.
  assert.equal(sweptRows.value.length, 64);
  for (turns = 0; sweptRows.value.length < count && turns < 1000; turns++) {
    await settle();
    pass(20);
  }
  const whole = sweepOf(withInputSize(EXAMPLE, 24, 24), FULL);
  assert.deepEqual(sweptRows.value.map(keyOf), whole.map(keyOf));
  const possible = whole.filter(({ output_size: size }) => size);
  for (turns = 0; sweptPictures.value.size < possible.length && turns < 1000; turns++) {
    await settle();
    pass(1);
  }
  assert.ok(turns >= possible.length, `${turns}`);
});

test('a change overtakes the rows that are being made', async () => {
  sweepRanges.value = FULL;
  stop = startSweep(lab);
  pass(400);
  await settle();
  lab.experiments.begin(withInputSize(EXAMPLE, 9, 9));
  for (let turn = 0; turn < 30; turn++) {
    await settle();
    pass(1);
  }
  assert.equal(sweptRows.value.length, 0);
});
