import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Ink } from '../../../../static/js/core/drawing/ink.js';
import { EMPTY, toPoint } from '../../../../static/js/core/drawing/strokes.js';
import { randomNumbers, randomStroke } from '../random.js';

/**
 * @typedef {import('../../../../static/js/core/drawing/strokes.js').Drawing} Drawing
 * @typedef {import('../../../../static/js/core/drawing/strokes.js').Stroke} Stroke
 */

/**
 * @param {Drawing} drawing
 * @param {number} [side]
 */
function painted(drawing, side = 140) {
  const ink = new Ink(side);
  ink.update(drawing);
  return ink.pixels;
}

/**
 * @param {number} seed
 * @returns {Drawing['base']}
 */
function sample(seed) {
  const random = randomNumbers(seed);
  const pixels = Uint8Array.from({ length: 784 }, () => 256 * random());
  return { kind: 'sample', name: `s${seed}`, label: 1, pixels };
}

/**
 * Pixels that differ from an empty paper's.
 * @param {Uint8Array} pixels
 */
const inked = (pixels) => pixels.reduce((count, value) => count + (value > 127 ? 1 : 0), 0);

test('a dot is a disc of its size, soft at the edge and black within', () => {
  const pixels = painted(
    { base: null, strokes: [{ tool: 'pen', size: 40, points: [toPoint(140, 140)] }] },
    280,
  );
  assert.ok(Math.abs(inked(pixels) - Math.PI * 20 ** 2) < 15);
  assert.equal(pixels[140 * 280 + 140], 255);
  assert.equal(pixels[140 * 280 + 162], 0);
  assert.ok(pixels.some((value) => value > 0 && value < 255));
});

test('at any size the drawing covers the same share of the paper', () => {
  const drawing = { base: null, strokes: [randomStroke(randomNumbers(5), 20)] };
  const strokes = [{ ...drawing.strokes[0], tool: /** @type {const} */ ('pen') }];
  const share = (/** @type {number} */ side) =>
    inked(painted({ base: null, strokes }, side)) / side ** 2;
  assert.ok(Math.abs(share(280) - share(560)) < 0.002);
});

test('drawn point by point the paper has the same bytes as painted at once', () => {
  const random = randomNumbers(11);
  for (let round = 0; round < 40; round += 1) {
    const base = round % 3 === 0 ? sample(round) : null;
    const ink = new Ink(70);
    /** @type {Drawing} */
    let drawing = { base, strokes: [] };
    for (let s = 0; s < 4; s += 1) {
      const stroke = randomStroke(random, 1 + Math.floor(25 * random()));
      const before = drawing.strokes;
      for (let n = 1; n < stroke.points.length; n += 1 + Math.floor(4 * random())) {
        ink.update({
          base,
          strokes: [...before, { ...stroke, points: stroke.points.slice(0, n) }],
        });
      }
      drawing = { base, strokes: [...before, stroke] };
      ink.update(drawing);
      assert.deepEqual(ink.pixels, painted(drawing, 70));
    }
  }
});

test('only what the area names changes, and it is small in mid-stroke', () => {
  const stroke = randomStroke(randomNumbers(2), 30);
  const ink = new Ink(280);
  ink.update({ base: null, strokes: [{ ...stroke, points: stroke.points.slice(0, 20) }] });
  const before = ink.pixels.slice();
  const area = ink.update({
    base: null,
    strokes: [{ ...stroke, points: stroke.points.slice(0, 21) }],
  });
  assert.ok(area);
  assert.ok((area.right - area.left) * (area.bottom - area.top) < 0.15 * 280 ** 2);
  ink.pixels.forEach((value, i) => {
    const [x, y] = [i % 280, Math.floor(i / 280)];
    const isInside = x >= area.left && x < area.right && y >= area.top && y < area.bottom;
    assert.ok(isInside || value === before[i]);
  });
});

test('undo, another base, a changed stroke and clear paint anew', () => {
  const random = randomNumbers(23);
  const strokes = [10, 12, 8].map((count) => randomStroke(random, count));
  const ink = new Ink(70);
  /** @type {Drawing[]} */
  const drawings = [
    { base: null, strokes },
    { base: null, strokes: strokes.slice(0, 2) },
    { base: sample(1), strokes: strokes.slice(0, 2) },
    { base: sample(2), strokes },
    { base: sample(2), strokes: [strokes[2], strokes[1]] },
    { base: null, strokes: [strokes[2], { ...strokes[1], size: 9 }] },
    { base: null, strokes: [strokes[2], { ...strokes[1], points: strokes[0].points }] },
    { base: null, strokes: [strokes[1], strokes[2], strokes[0]] },
    EMPTY,
  ];
  for (const drawing of drawings) {
    ink.update(drawing);
    assert.deepEqual(ink.pixels, painted(drawing, 70));
  }
  assert.equal(ink.update(EMPTY), null);
  assert.equal(ink.update({ base: null, strokes: [] }), null);
});

test('the same strokes in another list change nothing, and the last can still be led on', () => {
  const stroke = randomStroke(randomNumbers(9), 10);
  const shorter = { ...stroke, points: stroke.points.slice(0, 6) };
  const ink = new Ink(140);
  ink.update({ base: null, strokes: [shorter] });
  assert.equal(ink.update({ base: null, strokes: [shorter] }), null);
  ink.update({ base: null, strokes: [stroke] });
  assert.deepEqual(ink.pixels, painted({ base: null, strokes: [stroke] }));
});

test('an eraser takes ink away, of the base too', () => {
  const base = /** @type {const} */ ({
    kind: 'image',
    width: 10,
    height: 10,
    pixels: new Uint8Array(100).fill(255),
    isBright: false,
    code: new Uint8Array(0),
    title: '',
  });
  const points = [toPoint(140, 140)];
  const pixels = painted({ base, strokes: [{ tool: 'eraser', size: 40, points }] }, 280);
  assert.equal(pixels[140 * 280 + 140], 0);
  assert.equal(pixels[140 * 280 + 170], 255);
});

test('a sample whose pixels are not there yet is paper; strokes beside the paper leave no mark', () => {
  const base = /** @type {const} */ ({
    kind: 'sample',
    name: 'later',
    label: null,
    pixels: new Uint8Array(0),
  });
  const points = [toPoint(-40, -40), toPoint(-40, 300)];
  assert.equal(inked(painted({ base, strokes: [{ tool: 'pen', size: 4, points }] })), 0);
});

test('going back to a base that was shown before does not change it', () => {
  const ink = new Ink(70);
  const base = sample(4);
  ink.update({ base, strokes: [] });
  const first = ink.pixels.slice();
  ink.update({ base, strokes: [randomStroke(randomNumbers(1), 5)] });
  ink.update({ base, strokes: [] });
  assert.deepEqual(ink.pixels, first);
});

test('a photograph is no ink', () => {
  const code = new Uint8Array(0);
  const photo = { kind: /** @type {const} */ ('photo'), name: 'cat', title: '', code, note: '' };
  assert.equal(inked(painted({ base: { ...photo, paint: null }, strokes: [] })), 0);
});
