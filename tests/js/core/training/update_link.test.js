import assert from 'node:assert/strict';
import { test } from 'node:test';

import { placeFrom, placeText } from '../../../../static/js/core/training/update_link.js';

const USUAL = placeFrom('', 20);

test('where one begins is no text', () => {
  assert.deepEqual(USUAL, { start: 'scratch', step: 1, layer: null, cell: null });
  assert.equal(placeText(USUAL), '');
});

test('a place comes back from its text', () => {
  for (const place of [
    { start: /** @type {const} */ ('moment'), step: 7, layer: 's2.x', cell: [1, 20, 3, 4] },
    { start: /** @type {const} */ ('trained'), step: 1, layer: 'fc1', cell: null },
    { start: /** @type {const} */ ('scratch'), step: 20, layer: null, cell: null },
  ])
    assert.deepEqual(placeFrom(placeText(place), 20), place);
});

test('a text that means nothing is where one begins', () => {
  for (const text of ['nowhere~1', 'scratch', 'scratch~21', 'scratch~0', 'scratch~x'])
    assert.deepEqual(placeFrom(text, 20), USUAL);
  assert.equal(placeFrom('scratch~2~conv1~1-x', 20).cell, null);
});
