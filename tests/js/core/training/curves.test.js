import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  CurveLog,
  NO_CURVES,
  epochBy,
  indexBy,
  numberOf,
} from '../../../../static/js/core/training/curves.js';

/** @param {number} step @param {object} [more] */
const step = (step, more = {}) => ({
  ...{ step, epoch: 1, steps: 10, loss: 1 / step, gradient_norm: 2, lr: 0.1 },
  samples_per_second: 100,
  ...more,
});

/** @param {number} epoch */
const epoch = (epoch) => ({
  ...{ epoch, train_loss: 1, val_loss: 1, val_accuracy: 0.5, gradient_norm: 1, lr: 0.1 },
  ...{ seconds: 1, samples_per_second: 100, best: true },
});

test('curves grow with what is told, and a snapshot stays as it is', () => {
  const log = new CurveLog();
  log.addEpoch(epoch(1));
  assert.equal(log.snapshot().epochs[0].step, 0);
  log.clear();
  log.addStep(step(1, { layer_gradient_norms: { conv1: 3 } }));
  const before = log.snapshot();
  for (let at = 2; at <= 3000; at++) log.addStep(step(at, { layer_gradient_norms: { conv1: at } }));
  log.addEpoch(epoch(1));
  const now = log.snapshot();
  assert.equal(before.count, 1);
  assert.deepEqual([...before.loss], [1]);
  assert.equal(now.count, 3000);
  assert.equal(now.loss[2999], 1 / 3000);
  assert.deepEqual(now.layers, ['conv1']);
  assert.equal(now.layerNorms[0][1999], 2000);
  assert.equal(now.epochs[0].step, 3000);
  log.addStep(step(3001, { layer_gradient_norms: { conv1: 1, fc: 2 } }));
  assert.deepEqual([now.layers, log.snapshot().layers], [['conv1'], ['conv1', 'fc']]);
});

test('a step that comes again takes back what stood behind it, but not what was shown', () => {
  const log = new CurveLog();
  for (let at = 1; at <= 6; at++) {
    log.addStep(step(at));
    if (at % 2 === 0) log.addEpoch(epoch(at / 2));
  }
  const before = log.snapshot();
  log.addStep(step(4, { loss: 9 }));
  const now = log.snapshot();
  assert.deepEqual([...now.step], [1, 2, 3, 4]);
  assert.equal(now.loss[3], 9);
  assert.deepEqual(
    now.epochs.map((each) => each.epoch),
    [1],
  );
  assert.equal(before.loss[3], 1 / 4);
  log.addStep(step(1));
  assert.equal(log.snapshot().count, 1);
});

test('curves that were kept go on where they end', () => {
  const log = new CurveLog();
  const columns = { step: [1, 2], loss: [4, 3], gradient_norm: [1, 1], lr: [0.1, 0.1] };
  log.begin(columns, ['a', 'b'], [1, 2, 3, 4], [{ ...epoch(1), step: 2 }]);
  log.addStep(step(3, { layer_gradient_norms: { a: 5, b: 6 }, loss: 'NaN' }));
  const now = log.snapshot();
  assert.deepEqual([...now.layerNorms[1]], [2, 4, 6]);
  assert.deepEqual([...now.loss], [4, 3, NaN]);
  assert.equal(now.epochs.length, 1);
});

test('of a long run the newest steps stay, and of those before ever fewer, the last of each epoch among them', () => {
  const log = new CurveLog(64);
  const told = (/** @type {number} */ at) => step(at, { layer_gradient_norms: { conv1: 2 * at } });
  for (let at = 1; at <= 64; at++) log.addStep(told(at));
  const whole = log.snapshot();
  assert.deepEqual([whole.count, whole.isThinned], [64, false]);
  for (let at = 65; at <= 1000; at++) {
    log.addStep(told(at));
    if (at % 101 === 0) log.addEpoch(epoch(at / 101));
  }
  const now = log.snapshot();
  assert.ok(now.isThinned && now.count <= 64);
  assert.deepEqual([...now.step.slice(-2)], [999, 1000]);
  const steps = [...now.step];
  assert.ok(steps.every((at, row) => row === 0 || at > steps[row - 1]));
  for (const { step: end } of now.epochs) assert.ok(steps.includes(end));
  assert.deepEqual(
    [...now.loss],
    steps.map((at) => 1 / at),
  ); // none of them is made up
  assert.deepEqual(
    [...now.layerNorms[0]],
    steps.map((at) => 2 * at),
  );
  assert.equal(whole.step[1], 2);
  const again = new CurveLog(10);
  const { step: x, loss, gradient_norm, lr } = whole;
  again.begin({ step: x, loss, gradient_norm, lr }, [], [], []);
  assert.deepEqual([...again.snapshot().step], [8, 16, 24, 32, 40, 48, 56, 64]);
  again.clear();
  assert.equal(again.snapshot().isThinned, false);
});

test('what stands at a step is the last that was told by then', () => {
  const log = new CurveLog();
  for (const at of [1, 2, 5]) log.addStep(step(at));
  const now = log.snapshot();
  assert.deepEqual(
    [0, 1, 3, 5, 9].map((at) => indexBy(now.step, at)),
    [-1, 0, 1, 2, 2],
  );
  assert.equal(indexBy(NO_CURVES.step, 3), -1);
  const epochs = [
    { ...epoch(1), step: 2 },
    { ...epoch(2), step: 4 },
  ];
  assert.equal(epochBy(epochs, 3)?.epoch, 1);
  assert.equal(epochBy(epochs, 1), null);
});

test('what is not finite travels as its name', () => {
  assert.equal(numberOf('Infinity'), Infinity);
  assert.ok(Number.isNaN(numberOf(undefined)));
  assert.equal(numberOf(2), 2);
});
