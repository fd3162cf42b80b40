import assert from 'node:assert/strict';
import { test } from 'node:test';

import { piecesOnPaper } from '../../../../static/js/core/drawing/pieces.js';

const box = { top: 10, left: 20, bottom: 30, right: 40 };
const other = { top: 0, left: 45, bottom: 28, right: 56 };

test('pieces are told in units of the paper', () => {
  const source = { width: 56, height: 28 };
  assert.deepEqual(piecesOnPaper({ source, pieces: [{ box }, { box: other }] }), [
    { top: 120, left: 100, bottom: 220, right: 200 },
    { top: 70, left: 225, bottom: 210, right: 280 },
  ]);
});

test('where all ink is one piece there is nothing to choose', () => {
  const source = { width: 28, height: 28 };
  const none = piecesOnPaper(undefined);
  assert.deepEqual(none, []);
  assert.equal(piecesOnPaper({ source, pieces: [] }), none);
  assert.equal(piecesOnPaper({ source, pieces: [{ box }] }), none);
});
