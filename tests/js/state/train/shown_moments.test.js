import assert from 'node:assert/strict';
import { test } from 'node:test';

import { signal } from '@preact/signals-core';

import { createShownMoments } from '../../../../static/js/state/train/shown_moments.js';

const MOMENT = { step: 75, epoch: 1, val_loss: 0.4, val_accuracy: 0.9, best: true };
/** @param {string} id @returns {any} */
const run = (id) => ({ id, title: null, checkpoints: [MOMENT] });

test('two runs side by side are called by their names, or as the experiment does of which both are', () => {
  const compared = signal(/** @type {any} */ (null));
  const signals = {
    ...{ run: signal(run('a')), moment: signal(MOMENT), compared },
    partNames: signal(/** @type {ReadonlyMap<string, string>} */ (new Map())),
  };
  const shown = createShownMoments({ signals });
  const titles = () => shown.value.map(({ title }) => title);
  const names = () => shown.value.map(({ name }) => name);
  const when = 'step 75, after epoch 1';
  assert.deepEqual(names(), [when]);
  compared.value = { run: run('b'), curves: null, step: null };
  assert.deepEqual(titles(), ['run a', 'run b']);
  signals.partNames.value = new Map([
    ['a', 'as they are'],
    ['b', 'mirrored by chance'],
  ]);
  assert.deepEqual(titles(), ['as they are', 'mirrored by chance']);
  assert.deepEqual(names(), [`as they are, ${when}`, `mirrored by chance, ${when}`]);
  // A run of no experiment beside one of it: neither is a part of what is compared.
  compared.value = { run: { ...run('c'), title: 'Mine' }, curves: null, step: null };
  assert.deepEqual(titles(), ['run a', 'Mine']);
  // A moment of the same run that is held.
  compared.value = { run: run('a'), curves: null, step: 75 };
  assert.deepEqual(names(), [when, when]);
});
