import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Ink } from '../../../../static/js/core/drawing/ink.js';
import { PhotoPaint, blurred } from '../../../../static/js/core/drawing/photo_paint.js';
import { toPoint } from '../../../../static/js/core/drawing/strokes.js';
import { randomNumbers } from '../random.js';

/** @typedef {import('../../../../static/js/core/drawing/strokes.js').Stroke} Stroke */

const [ROWS, COLUMNS] = [30, 50];
const random = randomNumbers(5);
const planes = Uint8Array.from({ length: 3 * ROWS * COLUMNS }, () => Math.floor(256 * random()));
const photo = () => ({ rows: ROWS, columns: COLUMNS, planes: planes.slice() });

/** @param {Stroke['tool']} tool @param {readonly (readonly [number, number])[]} points @returns {Stroke} */
const stroke = (tool, points) => ({
  tool,
  size: 34,
  points: points.map(([x, y]) => toPoint(x, y)),
});

/** How much of each pixel a stroke covers, (rows, columns). @param {Stroke} of */
function maskOf(of) {
  const ink = new Ink(COLUMNS);
  ink.update({ base: null, strokes: [{ ...of, tool: 'pen' }] });
  const above = Math.floor((COLUMNS - ROWS) / 2);
  return ink.pixels.slice(above * COLUMNS, (above + ROWS) * COLUMNS);
}

test('a patch is the mean of photographs where it is painted, and nothing elsewhere', () => {
  const line = stroke('patch', [
    [80, 140],
    [180, 140],
  ]);
  const found = new PhotoPaint(photo()).paint({ strokes: [line] }).planes;
  const mask = maskOf(line);
  let [full, none] = [0, 0];
  found.forEach((value, i) => {
    const share = mask[i % (ROWS * COLUMNS)];
    if (share === 255) {
      assert.equal(value, [124, 116, 104][Math.floor(i / (ROWS * COLUMNS))]);
      full += 1;
    } else if (share === 0) {
      assert.equal(value, planes[i]);
      none += 1;
    }
  });
  assert.ok(full > 100 && none > 1000, `${full}, ${none}`);
});

test('a stroke that grows, is undone, changes or begins anew is as one painted at once', () => {
  const first = stroke('noise', [
    [60, 120],
    [120, 150],
  ]);
  const short = stroke('blur', [
    [150, 100],
    [160, 130],
  ]);
  const long = { ...short, points: [...short.points, toPoint(200, 160), toPoint(220, 120)] };
  const other = stroke('patch', [
    [150, 100],
    [90, 130],
  ]);
  const erased = stroke('eraser', [
    [60, 120],
    [220, 130],
  ]);
  const paint = new PhotoPaint(photo());
  assert.deepEqual(paint.size, [ROWS, COLUMNS]);
  const turns = [
    [first],
    [first, short],
    [first, long],
    [first, long, erased],
    [first, long],
    [first],
    [],
    [other],
    [short],
    [first, other],
    [first, { ...other, tool: /** @type {const} */ ('noise') }],
    [erased],
  ];
  for (const strokes of turns) {
    const found = paint.paint({ strokes }).planes.slice();
    assert.deepEqual(found, new PhotoPaint(photo()).paint({ strokes }).planes);
  }
  assert.deepEqual(paint.paint({ strokes: [] }).planes, planes);
});

test('the eraser brings the photograph back', () => {
  const points = /** @type {const} */ ([
    [60, 120],
    [220, 150],
  ]);
  const strokes = [stroke('patch', points), stroke('eraser', points)];
  const found = new PhotoPaint(photo()).paint({ strokes }).planes;
  const mask = maskOf(strokes[0]);
  found.forEach((value, i) => {
    if (mask[i % (ROWS * COLUMNS)] === 255) assert.equal(value, planes[i]);
  });
});

test('noise goes up and down, and is the same every time', () => {
  const line = stroke('noise', [
    [20, 140],
    [260, 140],
  ]);
  const flat = () => ({ ...photo(), planes: new Uint8Array(planes.length).fill(128) });
  const found = new PhotoPaint(flat()).paint({ strokes: [line] }).planes;
  const mask = maskOf(line);
  const inside = Array.from(found).filter((_, i) => mask[i % (ROWS * COLUMNS)] === 255);
  const mean = inside.reduce((a, b) => a + b, 0) / inside.length;
  assert.ok(Math.abs(mean - 128) < 6, `${mean}`);
  assert.ok(Math.min(...inside) < 40 && Math.max(...inside) > 216);
  assert.deepEqual(new PhotoPaint(flat()).paint({ strokes: [line] }).planes, found);
});

test('a blur averages and leaves what is even as it is', () => {
  const even = { ...photo(), planes: new Uint8Array(planes.length).fill(77) };
  assert.deepEqual(blurred(even), even.planes);
  const found = blurred(photo());
  const spread = (/** @type {Uint8Array} */ of) => {
    const mean = of.reduce((a, b) => a + b, 0) / of.length;
    return Math.sqrt(of.reduce((sum, v) => sum + (v - mean) ** 2, 0) / of.length);
  };
  assert.ok(spread(found) < spread(planes) / 3);
  const mean = (/** @type {Uint8Array} */ of) => of.reduce((a, b) => a + b, 0) / of.length;
  assert.ok(Math.abs(mean(found) - mean(planes)) < 4);
});
