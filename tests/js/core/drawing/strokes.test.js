import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  EMPTY,
  MARGIN,
  SIDE,
  extendPoints,
  isEmpty,
  isUntouchedExample,
  lastPiece,
  settledPieces,
  toPoint,
  withPiece,
} from '../../../../static/js/core/drawing/strokes.js';
import { randomNumbers, randomStroke } from '../random.js';

/** @typedef {import('../../../../static/js/core/drawing/strokes.js').Stroke} Stroke */

/**
 * @param {Stroke} stroke
 * @param {number} [from]
 */
function settled(stroke, from = 0) {
  /** @type {number[][]} */
  const pieces = [];
  settledPieces(stroke, from, (...piece) => pieces.push(piece));
  return pieces;
}

/** @param {Stroke} stroke */
function last(stroke) {
  /** @type {number[][]} */
  const pieces = [];
  lastPiece(stroke, (...piece) => pieces.push(piece));
  return pieces;
}

test('the empty drawing is empty, any other is not', () => {
  assert.ok(isEmpty(EMPTY));
  assert.ok(!isEmpty({ base: null, strokes: [{ tool: 'pen', size: 20, points: [[1, 1, 0.5]] }] }));
  const base = /** @type {const} */ ({
    kind: 'sample',
    name: 'a',
    label: 1,
    pixels: new Uint8Array(784),
  });
  assert.ok(!isEmpty({ base, strokes: [] }));
});

test('a point keeps half units, sixteenths of pressure, and stays near the paper', () => {
  assert.deepEqual(toPoint(10.2, 10.3), [10, 10.5, 0.5]);
  assert.deepEqual(toPoint(-500, 900, 2), [-MARGIN, SIDE + MARGIN, 1]);
  assert.deepEqual(toPoint(0, 0, 0.49), [0, 0, 0.5]);
  assert.deepEqual(toPoint(0, 0, -1), [0, 0, 0]);
});

test('points that hardly move are left out, and nothing new is the same array', () => {
  const points = [toPoint(10, 10)];
  assert.equal(extendPoints(points, [toPoint(10.5, 10.5), toPoint(11, 10)]), points);
  assert.deepEqual(extendPoints(points, [toPoint(11, 10), toPoint(14, 10), toPoint(14.5, 10)]), [
    [10, 10, 0.5],
    [14, 10, 0.5],
  ]);
  assert.deepEqual(extendPoints([], [toPoint(1, 1)]), [[1, 1, 0.5]]);
});

test('one point is a dot of the brush size; pressure makes it thinner or thicker', () => {
  const dot = (/** @type {number} */ pressure) =>
    last({ tool: 'pen', size: 20, points: [[50, 60, pressure]] });
  assert.deepEqual(dot(0.5), [[50, 60, 10, 50, 60, 10]]);
  assert.equal(dot(0)[0][2], 4);
  assert.equal(dot(1)[0][2], 16);
});

test('a line runs from its first point to its last without a gap', () => {
  const random = randomNumbers(7);
  for (let i = 0; i < 50; i += 1) {
    const stroke = randomStroke(random, 2 + Math.floor(20 * random()));
    const pieces = [...settled(stroke), ...last(stroke)];
    const close = (/** @type {number[]} */ a, /** @type {number[]} */ b) =>
      a.forEach((value, k) => assert.ok(Math.abs(value - b[k]) < 1e-9));
    close(pieces[0].slice(0, 2), stroke.points[0].slice(0, 2));
    close((pieces.at(-1) ?? []).slice(3, 5), (stroke.points.at(-1) ?? [0]).slice(0, 2));
    for (let k = 1; k < pieces.length; k += 1) close(pieces[k].slice(0, 3), pieces[k - 1].slice(3));
  }
});

test('further points leave the settled pieces as they are', () => {
  const stroke = randomStroke(randomNumbers(3), 12);
  const shorter = { ...stroke, points: stroke.points.slice(0, 8) };
  const before = settled(shorter);
  const all = settled(stroke);
  assert.deepEqual(all.slice(0, before.length), before);
  assert.deepEqual(all.slice(before.length), settled(stroke, 7));
});

test('a bend is a curve of short pieces that stays inside the corner, a straight line is not cut', () => {
  const corner = settled({
    tool: 'pen',
    size: 20,
    points: [toPoint(0, 0), toPoint(100, 0), toPoint(100, 100)],
  });
  assert.ok(corner.length > 8);
  for (const [, , , x, y] of corner) assert.ok(x <= 100 && y >= 0 && x - y > -1e-9);
  const straight = { tool: /** @type {const} */ ('pen'), size: 20 };
  const points = [toPoint(0, 0), toPoint(50, 0), toPoint(100, 0), toPoint(150, 0)];
  assert.equal(settled({ ...straight, points }).length, 3);
});

test('the sample that a first visit shows is an untouched example until something is drawn', () => {
  const sample = {
    kind: /** @type {const} */ ('sample'),
    name: 'a',
    label: 7,
    pixels: new Uint8Array(),
  };
  const strokes = [{ tool: /** @type {const} */ ('pen'), size: 12, points: [toPoint(1, 2)] }];
  const image = { ...sample, kind: /** @type {const} */ ('image'), width: 1, height: 1 };
  assert.equal(isUntouchedExample({ base: { ...sample, isExample: true }, strokes: [] }), true);
  assert.equal(isUntouchedExample({ base: { ...sample, isExample: true }, strokes }), false);
  assert.equal(isUntouchedExample({ base: sample, strokes: [] }), false);
  assert.equal(isUntouchedExample({ base: null, strokes: [] }), false);
  const code = { isBright: false, code: new Uint8Array(), title: '' };
  assert.equal(isUntouchedExample({ base: { ...image, ...code }, strokes: [] }), false);
});

test('a piece is read by itself, or all of it again', () => {
  const one = withPiece(EMPTY, 1);
  assert.deepEqual(one, { base: null, strokes: [], piece: 1 });
  assert.equal(withPiece(one, 1), one);
  assert.deepEqual(withPiece(one, 0), { base: null, strokes: [], piece: 0 });
  assert.deepEqual(withPiece(one, null), { base: null, strokes: [] });
  assert.equal(withPiece(EMPTY, null), EMPTY);
});
