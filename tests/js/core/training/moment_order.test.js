import assert from 'node:assert/strict';
import test from 'node:test';

import { momentMarks, nearestFirst } from '../../../../static/js/core/training/moment_order.js';

test('the nearest moments come first, the later of two as near', () => {
  assert.deepEqual(nearestFirst([0, 1, 4, 9, 20], 1), [4, 0, 9, 20]);
  assert.deepEqual(nearestFirst([7], 0), []);
  assert.deepEqual(nearestFirst(['a', 'b', 'c'], 2), ['b', 'a']);
});

test('marks stand where epochs end, as many as find room', () => {
  const early = [0, 1, 3, 9, 27].map((step) => ({ step, epoch: 0 }));
  const later = [1, 2, 3, 4, 5].map((epoch) => ({ step: 80 * epoch, epoch }));
  assert.deepEqual(momentMarks([...early, ...later], 1), [
    { index: 0, text: 'step 0' },
    { index: 5, text: 'epoch 1' },
    { index: 6, text: '2' },
    { index: 7, text: '3' },
    { index: 8, text: '4' },
    { index: 9, text: '5' },
  ]);
  assert.deepEqual(momentMarks([...early, ...later], 3), [
    { index: 0, text: 'step 0' },
    { index: 5, text: 'epoch 1' },
    { index: 8, text: '4' },
  ]);
  assert.deepEqual(momentMarks([], 4), []);
  assert.deepEqual(momentMarks(later.slice(0, 2), 1), [
    { index: 0, text: 'epoch 1' },
    { index: 1, text: '2' },
  ]);
  // Right behind the beginning there is no room for another.
  assert.deepEqual(momentMarks([early[0], later[0]], 2), [{ index: 0, text: 'step 0' }]);
});
