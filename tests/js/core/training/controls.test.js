import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  BELOW,
  WHOLE,
  number,
  refusalOf,
} from '../../../../static/js/core/training/control_rows.js';
import { groupsOf } from '../../../../static/js/core/training/controls.js';
import {
  AUGMENTATION,
  ONE_CYCLE,
  USUAL_RECIPE,
  choiceAt,
  withChoice,
} from '../../../../static/js/core/training/recipe.js';

/** @param {typeof USUAL_RECIPE} recipe @param {{training_images: number} | null} [known] */
const rowsOf = (recipe, known = null) => groupsOf(recipe, known).flatMap(({ rows }) => rows);

/** @param {object} change */
const pathsOf = (change) => rowsOf({ ...USUAL_RECIPE, ...change }).map(({ path }) => path);

test('every row shows what the recipe has, and a choice sets what makes it hold', () => {
  for (const row of rowsOf(USUAL_RECIPE)) {
    if (row.kind === 'number') assert.equal(row.value, choiceAt(USUAL_RECIPE, row.path));
    if (row.kind !== 'choice') continue;
    for (const { value, sets } of row.options) {
      const changed = withChoice(USUAL_RECIPE, row.path, sets);
      const rows = rowsOf(changed);
      assert.equal(rows.find(({ path }) => path === row.path)?.value, value);
    }
  }
});

test('a switch takes a part out of the recipe and puts it back', () => {
  const stop = rowsOf(USUAL_RECIPE).find(({ path }) => path === 'early_stopping');
  assert.ok(stop?.kind === 'switch' && stop.value);
  assert.equal(stop.off, null);
  const without = withChoice(USUAL_RECIPE, stop.path, stop.off);
  assert.ok(!rowsOf(without).some(({ path }) => path === 'early_stopping.patience'));
  assert.deepEqual(withChoice(without, stop.path, stop.on), USUAL_RECIPE);
  const flip = rowsOf({ ...USUAL_RECIPE, augmentation: AUGMENTATION }).at(-1);
  assert.ok(flip?.kind === 'switch' && flip.on === true && flip.off === false);
});

test('what has no meaning now is not there', () => {
  assert.ok(!pathsOf({}).includes('optimizer.momentum'));
  const sgd = pathsOf({ optimizer: { ...USUAL_RECIPE.optimizer, name: 'sgd' } });
  assert.ok(sgd.includes('optimizer.momentum') && !sgd.includes('optimizer.eps'));
  assert.ok(pathsOf({ scheduler: ONE_CYCLE }).includes('scheduler.rise'));
  assert.ok(!pathsOf({ scheduler: null }).some((path) => path.startsWith('scheduler.')));
  assert.ok(pathsOf({ initialization: 'normal' }).includes('initialization_scale'));
  assert.equal(pathsOf({ dropout: 0.5 }).filter((path) => path === 'dropout').length, 2);
});

test('a number says where it ends, and of what', () => {
  const batch = rowsOf(USUAL_RECIPE, { training_images: 4800 })[1];
  assert.ok(batch.kind === 'number');
  assert.equal(refusalOf(batch, 4800), null);
  assert.equal(
    refusalOf(batch, 5000),
    'batch size is 5,000, but has to be at most 4,800, the number of images that are learned from.',
  );
  assert.equal(refusalOf(batch, 0), 'batch size is 0, but has to be at least 1.');
  assert.equal(refusalOf(batch, -3), 'batch size is −3, but has to be at least 1.');
  assert.equal(refusalOf(batch, 2.5), 'batch size is a whole number, not 2.5.');
  assert.equal(refusalOf(batch, null), 'batch size needs a number.');
  assert.equal(refusalOf(batch, NaN), 'batch size needs a number.');
  const rate = rowsOf(USUAL_RECIPE).find(({ path }) => path === 'optimizer.lr');
  assert.ok(rate?.kind === 'number');
  assert.equal(refusalOf(rate, 0), 'learning rate is 0, but has to be above 0.');
  assert.equal(refusalOf(rate, -1.23456), 'learning rate is −1.23456, but has to be above 0.');
  const beta = number(USUAL_RECIPE, 'optimizer.betas.0', 'beta 1', '', [0, 1], BELOW);
  assert.equal(refusalOf(beta, 0), null);
  assert.equal(refusalOf(beta, 1), 'beta 1 is 1, but has to be below 1.');
  assert.equal(number(USUAL_RECIPE, 'seed', 'seed', '', [0, 9], WHOLE).isWhole, true);
});
