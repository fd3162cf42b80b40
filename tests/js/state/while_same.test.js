import assert from 'node:assert/strict';
import { test } from 'node:test';

import { effect, signal } from '@preact/signals-core';

import { whileSame } from '../../../static/js/state/while_same.js';

test('who reads what has not changed is not told', () => {
  const count = signal(1);
  const halves = whileSame(
    () => ({ half: Math.floor(count.value / 2) }),
    (one, other) => one.half === other.half,
  );
  /** @type {object[]} */
  const seen = [];
  const stop = effect(() => void seen.push(halves.value));
  for (const next of [2, 3, 4, 5]) count.value = next;
  assert.deepEqual(seen, [{ half: 0 }, { half: 1 }, { half: 2 }]);
  assert.equal(halves.value, seen[2]);
  stop();
});
