import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onePerLabel } from '../../../static/js/state/samples.js';

/**
 * @param {string} name
 * @param {number | null} label
 */
const digit = (name, label, kind = 'digit') => ({ name, kind, label });

test('the tray has one digit of each label in order, and the next writers the next time', () => {
  const all = [
    digit('b', 1),
    digit('a', 0),
    digit('c', 1),
    digit('d', 0),
    digit('e', 0),
    digit('checkerboard', null, 'pattern'),
    digit('shirt', 0, 'clothes'),
  ];
  assert.deepEqual(onePerLabel(all, 0, 'digit'), ['a', 'b']);
  assert.deepEqual(onePerLabel(all, 1, 'digit'), ['d', 'c']);
  assert.deepEqual(onePerLabel(all, 2, 'digit'), ['e', 'b']);
  assert.deepEqual(onePerLabel(all, 3, 'digit'), ['a', 'c']);
  assert.deepEqual(onePerLabel(all, 1, 'clothes'), ['shirt']);
});
