import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  AUGMENTATION,
  USUAL_RECIPE,
  choiceAt,
  differences,
  pathText,
  recipeOf,
  valueText,
  withChoice,
} from '../../../../static/js/core/training/recipe.js';

test("a run's recipe is that of the controls, without what is of the command line alone", () => {
  const given = { ...USUAL_RECIPE, weights_dtype: 'float16', split_seed: 3, dropout: 0.5 };
  assert.deepEqual(recipeOf(given), { ...USUAL_RECIPE, dropout: 0.5 });
});

test('one choice is changed, and the others stay', () => {
  const slow = withChoice(USUAL_RECIPE, 'optimizer.lr', 1e-4);
  assert.equal(choiceAt(slow, 'optimizer.lr'), 1e-4);
  assert.equal(slow.optimizer.amsgrad, true);
  assert.equal(withChoice(USUAL_RECIPE, 'seed', 4).seed, 4);
  const later = withChoice(USUAL_RECIPE, 'optimizer.betas.1', 0.99);
  assert.deepEqual(later.optimizer.betas, [0.9, 0.99]);
  const turned = withChoice(USUAL_RECIPE, 'augmentation.flip', true);
  assert.deepEqual(turned.augmentation, { flip: true });
  assert.equal(choiceAt(USUAL_RECIPE, 'augmentation.flip'), undefined);
});

test('two recipes differ where one reads it', () => {
  assert.deepEqual(differences(USUAL_RECIPE, { ...USUAL_RECIPE }), []);
  const other = {
    ...withChoice(USUAL_RECIPE, 'optimizer.lr', 0.01),
    augmentation: AUGMENTATION,
    scheduler: null,
    batch_norm: true,
  };
  assert.deepEqual(differences(other, USUAL_RECIPE), [
    { path: 'optimizer.lr', text: '0.01', other: '0.001' },
    { path: 'scheduler', text: 'none', other: 'on' },
    { path: 'augmentation', text: 'on', other: 'none' },
    { path: 'batch_norm', text: 'on', other: 'off' },
  ]);
  const further = differences(
    { ...USUAL_RECIPE, augmentation: { ...AUGMENTATION, flip: true } },
    { ...USUAL_RECIPE, augmentation: AUGMENTATION },
  );
  assert.deepEqual(further, [{ path: 'augmentation.flip', text: 'on', other: 'off' }]);
});

test('choices are read as a person would', () => {
  assert.equal(pathText('early_stopping.patience'), 'early stopping patience');
  assert.equal(valueText([0.9, 0.999]), '0.9, 0.999');
  assert.equal(valueText(1e-5), '0.00001');
  assert.equal(valueText(undefined), 'none');
  assert.equal(valueText(null), 'none');
  assert.equal(valueText('mnist-subset'), 'mnist-subset');
});
