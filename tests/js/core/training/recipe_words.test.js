import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  AUGMENTATION,
  ONE_CYCLE,
  PLATEAU,
  USUAL_RECIPE,
  withChoice,
} from '../../../../static/js/core/training/recipe.js';
import {
  changedWords,
  choiceWords,
  contrastText,
  isFrozenIn,
} from '../../../../static/js/core/training/recipe_words.js';

const TITLES = {
  network: (/** @type {string} */ name) => name.toUpperCase(),
  dataset: (/** @type {string} */ name) => name.replace('own:my-drawings', 'My drawings'),
};

/** What a recipe with one other choice is told as, and the usual one. @param {string} path @param {unknown} value */
const changed = (path, value) =>
  changedWords(withChoice(USUAL_RECIPE, path, value), USUAL_RECIPE, TITLES).map(
    ({ text, other }) => `${text} | ${other}`,
  );

test('what is changed is told in words that people use', () => {
  assert.deepEqual(changed('optimizer.lr', 0.05), ['learning rate 0.05 | learning rate 0.001']);
  assert.deepEqual(changed('optimizer.name', 'sgd'), ['SGD | Adam']);
  assert.deepEqual(changed('scheduler', null), ['no schedule | rate lowered where it rests']);
  assert.deepEqual(changed('scheduler.patience', 5), [
    `schedule: patience 5 | schedule: patience ${PLATEAU.patience}`,
  ]);
  assert.equal(
    choiceWords({ ...USUAL_RECIPE, scheduler: ONE_CYCLE }, 'scheduler', TITLES),
    'one cycle',
  );
  // Schedules of two kinds have no choice in common: their kinds are told.
  assert.deepEqual(changed('scheduler', ONE_CYCLE), ['one cycle | rate lowered where it rests']);
  assert.deepEqual(changed('dataset', 'own:my-drawings'), ['My drawings | mnist-subset']);
  assert.deepEqual(changed('network', 'other'), ['OTHER | MYCNN']);
  assert.deepEqual(changed('batch_size', 128), ['batch size 128 | batch size 64']);
  assert.deepEqual(changed('dropout', 0.5), ['dropout 0.5 | no dropout']);
  assert.deepEqual(changed('batch_norm', true), ['batch normalization | no batch normalization']);
  assert.deepEqual(changed('augmentation', AUGMENTATION), ['augmentation | no augmentation']);
  assert.deepEqual(changed('early_stopping.patience', 2), [
    'early stopping patience 2 | early stopping patience 7',
  ]);
});

test('what holds stands before what does not', () => {
  const rate = { text: 'learning rate 0.05', other: 'learning rate 0.001' };
  assert.equal(contrastText(rate), 'learning rate 0.05, not 0.001');
  assert.equal(contrastText({ text: 'SGD', other: 'Adam' }), 'SGD, not Adam');
  const [none, some] = ['no early stopping', 'early stopping'];
  assert.equal(contrastText({ text: none, other: some }), none);
  assert.equal(contrastText({ text: some, other: none }), some);
  assert.equal(
    contrastText({ text: 'no dropout', other: 'dropout 0.5' }),
    'no dropout, not dropout 0.5',
  );
});

test('what is told as a whole is told once', () => {
  const transfer = { from: 'mycnn', freeze: true };
  const layers = { conv1: { channels: 8 }, fc1: { units: 3 } };
  const words = 'the weights of MYCNN, frozen';
  assert.deepEqual(changed('transfer', transfer), [`${words} | new weights of MYCNN`]);
  assert.deepEqual(changed('transfer', { ...transfer, freeze: false }), [
    'the weights of MYCNN | new weights of MYCNN',
  ]);
  // A run names the network whose weights it began with, the recipe need not: that is one thing.
  const [chosen, run] = ['mycnn', 'resnet20'].map((network) => {
    return { ...USUAL_RECIPE, network, transfer: { from: 'resnet20', freeze: true } };
  });
  assert.deepEqual(changedWords(run, chosen, TITLES), []);
  assert.deepEqual(changedWords(run, { ...USUAL_RECIPE, network: 'lenet5' }, TITLES), [
    { text: 'the weights of RESNET20, frozen', other: 'new weights of LENET5' },
  ]);
  assert.deepEqual(changed('layers', layers), ['layers changed | layers as they are']);
  const other = { ...USUAL_RECIPE, layers: { conv1: { channels: 4 }, fc1: { units: 4 } } };
  assert.equal(changedWords({ ...USUAL_RECIPE, layers }, other, TITLES).length, 1);
});

test('a layer of which no gradient is told is frozen where only the last one learns', () => {
  const frozen = { ...USUAL_RECIPE, transfer: { from: 'mycnn', freeze: true } };
  assert.ok(isFrozenIn(frozen, ['fc2'], 'conv1'));
  assert.ok(!isFrozenIn(frozen, ['fc2'], 'fc2'));
  assert.ok(!isFrozenIn(frozen, [], 'conv1'));
  assert.ok(!isFrozenIn(USUAL_RECIPE, ['fc2'], 'conv1'));
});
