import assert from 'node:assert/strict';
import test from 'node:test';

import { once } from '../../../static/js/core/once.js';

test('what is made of an object is made once, nothing included', () => {
  let asked = 0;
  const lengthOf = once((/** @type {readonly number[]} */ { length }) => {
    asked += 1;
    return length || null;
  });
  const [three, none] = [[1, 2, 3], []];
  assert.deepEqual([three, none, three, none].map(lengthOf), [3, null, 3, null]);
  assert.equal(asked, 2);
  assert.equal(lengthOf([1, 2, 3]), 3);
  assert.equal(asked, 3);
});
