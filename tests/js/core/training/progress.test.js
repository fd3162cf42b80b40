import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  accuracyText,
  bestEpoch,
  durationText,
  guessingLoss,
  lossText,
  momentLossText,
  secondsLeft,
  stateText,
  whereText,
} from '../../../../static/js/core/training/progress.js';
import { datasetText } from '../../../../static/js/core/training/names.js';

const RUN = {
  state: 'running',
  epoch: 2,
  step: 75,
  steps: 750,
  samples_per_second: 6400,
  recipe: { epochs: 10, batch_size: 64 },
};

test('a state has a name, an unknown one its own', () => {
  assert.equal(stateText('stopped_early'), 'stopped early');
  assert.equal(stateText('asleep'), 'asleep');
});

test('a span of time is said in the largest units it has', () => {
  const said = [0.2, 12.4, 75, 3700, NaN].map(durationText);
  assert.deepEqual(said, [
    'less than 1\u00a0s',
    '12\u00a0s',
    '1\u00a0min 15\u00a0s',
    '1\u00a0h 1\u00a0min',
    '',
  ]);
});

test('what is left follows from the epochs before, at first from the steps', () => {
  assert.equal(secondsLeft(RUN, []), 675 * 0.01);
  const epochs = [9, 1, 2, 3].map((seconds) => ({ seconds }));
  assert.equal(secondsLeft(RUN, epochs), (675 * 2) / 75);
});

test('the best epoch is the last that was best when it ended', () => {
  const epochs = [true, true, false].map((best, index) => ({
    ...{ best, epoch: index + 1, val_accuracy: 0.9, val_loss: 0.1 },
  }));
  assert.equal(bestEpoch(epochs)?.epoch, 2);
  assert.equal(bestEpoch([]), null);
});

test('numbers are told with enough digits', () => {
  assert.equal(lossText(0.00123456), '0.001235');
  assert.equal(accuracyText(0.9567), '95.7\u00a0%');
  assert.equal(guessingLoss(10), Math.log(10));
  assert.equal(whereText(RUN), 'epoch 2 of 10, step 75 of 750');
});

test("a moment's loss is told as a number, or as what it is", () => {
  assert.equal(momentLossText(0), lossText(0));
  const said = [0.10564, 12.3456, 1.13e17, null, 'NaN', 'Infinity', '-Infinity'].map(
    momentLossText,
  );
  assert.deepEqual(said, [
    ...['0.1056', '12.35', '1.130 · 10¹⁷'],
    ...['not a number', 'not a number', 'infinite', 'minus infinity'],
  ]);
});

test('a data set has a name', () => {
  assert.equal(datasetText('mnist-subset'), 'MNIST, a tenth');
  assert.equal(datasetText('own:cats'), 'cats');
});
