import assert from 'node:assert/strict';
import { test } from 'node:test';

import { USUAL_RECIPE } from '../../../../static/js/core/training/recipe.js';
import { learningFrom, withUsualRate } from '../../../../static/js/core/training/usual_rate.js';

/** @param {'drawings' | 'photographs'} kind @param {number} whole @param {number} last */
const data = (kind, whole, last) => ({
  name: `${kind}-${whole}`,
  kind,
  own: false,
  train: 6000,
  usual_lr: { whole, last_layer: last },
});
const large = data('drawings', 1e-3, 1e-3);
const small = data('drawings', 3e-3, 1e-2);
const photographs = data('photographs', 3e-3, 1e-2);
const transferred = { ...USUAL_RECIPE, transfer: { from: 'mycnn', freeze: true } };

test('the learning rate follows the data, unless another was chosen', () => {
  assert.equal(withUsualRate(USUAL_RECIPE, large, small).optimizer.lr, 3e-3);
  assert.equal(withUsualRate(transferred, large, small).optimizer.lr, 1e-2);
  const own = { ...USUAL_RECIPE, optimizer: { ...USUAL_RECIPE.optimizer, lr: 0.5 } };
  assert.equal(withUsualRate(own, large, small).optimizer.lr, 0.5);
  assert.equal(learningFrom(own, large, small).optimizer?.lr, 0.5);
});

test('photographs are learned by a network that knows photographs, drawings by another', () => {
  const change = learningFrom(USUAL_RECIPE, large, photographs);
  assert.deepEqual(change.transfer, { from: 'squeezenet1_1', freeze: true });
  assert.deepEqual([change.dataset, change.optimizer?.lr], [photographs.name, 1e-2]);
  const back = learningFrom({ ...USUAL_RECIPE, ...change }, photographs, large);
  assert.deepEqual([back.transfer, back.network, back.optimizer?.lr], [null, 'mycnn', 1e-3]);
  const same = learningFrom(transferred, large, small);
  assert.deepEqual(Object.keys(same), ['dataset', 'epochs', 'optimizer']);
});

test("few pictures of one's own are learned for more epochs, unless a number was chosen", () => {
  const few = { ...small, own: true, train: 24 };
  const many = { ...small, own: true, train: 1000 };
  assert.equal(USUAL_RECIPE.epochs, 8);
  assert.equal(learningFrom(USUAL_RECIPE, large, few).epochs, 30);
  assert.equal(learningFrom(USUAL_RECIPE, large, many).epochs, 8);
  assert.equal(learningFrom({ ...USUAL_RECIPE, epochs: 30 }, few, large).epochs, 8);
  assert.equal(learningFrom({ ...USUAL_RECIPE, epochs: 3 }, large, few).epochs, 3);
  assert.equal(withUsualRate({ ...USUAL_RECIPE, epochs: 30 }, few, many).epochs, 8);
});
