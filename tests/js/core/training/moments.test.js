import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  isUsable,
  lackOfNumbers,
  momentBy,
  momentText,
  nearest,
  places,
  turningStep,
} from '../../../../static/js/core/training/moments.js';

/** @param {number} step @param {number} [epoch] */
const moment = (step, epoch = 0) => ({
  ...{ step, epoch, val_loss: null, val_accuracy: null, best: false },
});
const MOMENTS = [...[0, 1, 2, 4, 8, 16, 32, 74].map((step) => moment(step)), moment(75, 1)];

test('within the first epoch every moment has as much room, then every epoch', () => {
  const all = places([...MOMENTS, moment(150, 2), moment(225, 3)], 3);
  const gaps = all.slice(1).map(({ share }, index) => share - all[index].share);
  for (const gap of gaps.slice(0, 8)) assert.ok(Math.abs(gap - 0.6 / 8) < 1e-9);
  assert.equal(all[0].share, 0);
  assert.ok(Math.abs(gaps[8] - 0.2) < 1e-9);
  assert.equal(all[10].share, 1);
});

test('many epochs leave a quarter of the line to the first', () => {
  const all = places(MOMENTS, 1000);
  assert.equal(all.at(-1)?.share, 0.25);
  assert.equal(places([moment(75, 1)], 1)[0].share, 0.25);
});

test('a place on the line is the moment nearest to it', () => {
  const all = places(MOMENTS, 4);
  assert.equal(nearest(all, 0).step, 0);
  assert.equal(nearest(all, 1).step, 75);
  assert.equal(nearest(all, all[3].share + 0.01).step, 4);
});

test('the turning point is the first kept moment at half the first loss', () => {
  const step = Float64Array.from({ length: 75 }, (_, at) => at + 1);
  const loss = step.map((at) => 2 / at ** 0.5);
  // At step 4 it is just half; by 8, the next that is kept, it is below.
  assert.equal(turningStep(MOMENTS, { step, loss }), 8);
  assert.equal(turningStep(MOMENTS, { step, loss: step }), null);
  assert.equal(turningStep([], { step, loss }), null);
  // A run that goes astray rests where it still had numbers.
  const lost = [...MOMENTS.slice(0, 5), { ...moment(9), finite: false }];
  assert.equal(turningStep(lost, { step, loss: step }), 8);
  assert.equal(turningStep(lost.slice(-1), { step, loss: step }), null);
});

test('of a step the last moment by then is shown', () => {
  assert.equal(momentBy(MOMENTS, 7)?.step, 4);
  assert.equal(momentBy(MOMENTS.slice(1), 0)?.step, 1);
  assert.equal(momentBy([], 5), undefined);
});

test('a moment whose weights are no numbers is told of, by its name where another is beside it', () => {
  const lost = { name: 'step 9, after epoch 1', moment: { ...moment(9, 1), finite: false } };
  const well = { name: 'step 2, within epoch 1', moment: moment(2) };
  assert.equal(isUsable(lost.moment), false);
  assert.equal(isUsable({ ...well.moment, finite: true }), true);
  assert.equal(lackOfNumbers([well]), '');
  assert.match(lackOfNumbers([lost]), /^The weights of this moment are not all finite numbers/);
  assert.match(lackOfNumbers([well, lost]), /^Step 9, after epoch 1: the weights of this moment/);
});

test('a moment is told in steps and epochs', () => {
  assert.equal(momentText(moment(0)), 'before the first step');
  assert.equal(momentText(moment(1234)), 'step 1,234, within epoch 1');
  assert.equal(momentText(moment(150, 2)), 'step 150, after epoch 2');
});
