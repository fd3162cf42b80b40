import assert from 'node:assert/strict';
import test from 'node:test';

import {
  bandClasses,
  bandColumns,
  bestAt,
  columnAt,
  momentAt,
  probabilitiesAt,
  settled,
} from '../../../../static/js/core/training/probability_bands.js';

/** @param {number[][]} rows */
const tensor = (rows) => ({
  shape: [rows.length, rows[0]?.length ?? 0],
  data: Float32Array.from(rows.flat()),
});

const READ = tensor([
  [0.5, 0.25, 0.25],
  [0.25, 0.5, 0.25],
  [0, 1, 0],
]);

test('a moment has its row', () => {
  assert.deepEqual([...probabilitiesAt(READ, 1)], [0.25, 0.5, 0.25]);
  assert.deepEqual([bestAt(READ, 0), bestAt(READ, 2)], [0, 1]);
});

test('columns stand on their band, as high as their class was probable, without space between', () => {
  const columns = bandColumns(READ, [0, 1], { width: 10, row: 12, gap: 2 });
  assert.deepEqual(columns, [
    { x: 0, width: 3, y: 7, height: 5, isBest: true },
    { x: 3, width: 4, y: 9.5, height: 2.5, isBest: false },
    { x: 7, width: 3, y: 12, height: 0, isBest: false },
    { x: 0, width: 3, y: 21.5, height: 2.5, isBest: false },
    { x: 3, width: 4, y: 19, height: 5, isBest: true },
    { x: 7, width: 3, y: 14, height: 10, isBest: true },
  ]);
  assert.deepEqual(columnAt(2, 3, 10), { x: 7, width: 3 });
});

test('a point is above a moment, beside them above the nearest', () => {
  assert.deepEqual(
    [-5, 0, 3.4, 9.9, 10, 99].map((x) => momentAt(x, 3, 10)),
    [0, 0, 1, 2, 2, 2],
  );
});

test('of many classes those have a band that were once the most probable', () => {
  assert.deepEqual(bandClasses(READ), [0, 1, 2]);
  const many = [0, 1].map((at) => Array.from({ length: 14 }, (_, i) => (i === 13 - at ? 0.9 : i)));
  const first = many[0].map((value, i) => (i === 13 ? value : value / 1000));
  const second = many[1].map((value, i) => (i === 12 ? value : value / 1000));
  assert.deepEqual(bandClasses(tensor([first, second])), [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
});

test('it is known since when the last answer stayed', () => {
  assert.deepEqual(settled(READ), { index: 1, since: 1 });
  assert.deepEqual(settled(tensor([[1, 0]])), { index: 0, since: 0 });
  assert.equal(settled(tensor([])), null);
});

test('a moment whose weights are no numbers has no columns and no answer', () => {
  const diverged = tensor([
    [0.25, 0.75],
    [NaN, NaN],
  ]);
  assert.deepEqual([bestAt(diverged, 0), bestAt(diverged, 1)], [1, -1]);
  assert.equal(settled(diverged), null);
  const heights = bandColumns(diverged, [1], { width: 4, row: 10, gap: 2 }).map(
    ({ height }) => height,
  );
  assert.deepEqual(heights, [6, 0]);
});
