import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ByteWriter, toBase64Url } from '../../../../static/js/core/bytes.js';
import { decodeDrawing, encodeDrawing } from '../../../../static/js/core/drawing/drawing_code.js';
import { toPoint } from '../../../../static/js/core/drawing/strokes.js';
import { randomNumbers, randomStroke } from '../random.js';

/** @typedef {import('../../../../static/js/core/drawing/strokes.js').Drawing} Drawing */

/** A seven as a hand draws it: the bar, then the leg, 80 points. */
function handDrawnSeven() {
  const random = randomNumbers(77);
  const bar = Array.from({ length: 30 }, (_, i) => toPoint(70 + 4.6 * i, 72 + 3 * random()));
  const leg = Array.from({ length: 50 }, (_, i) =>
    toPoint(204 - 2.2 * i + 2 * random(), 78 + 3.1 * i),
  );
  return { tool: /** @type {const} */ ('pen'), size: 21, points: [...bar, ...leg] };
}

test('a digit drawn by hand is a text of under 250 letters that may stand in an address', () => {
  const text = encodeDrawing({ base: null, strokes: [handDrawnSeven()] });
  assert.ok(text.length < 250, `${text.length} letters`);
  assert.match(text, /^[\w-]+$/);
});

test('random drawings come back exactly', () => {
  const random = randomNumbers(1);
  for (let round = 0; round < 300; round += 1) {
    const strokes = Array.from({ length: Math.floor(6 * random()) }, () =>
      randomStroke(random, 1 + Math.floor(60 * random())),
    );
    const drawing = { base: null, strokes };
    assert.deepEqual(decodeDrawing(encodeDrawing(drawing)), drawing);
  }
});

test('a sample is kept by its name', () => {
  /** @type {Drawing} */
  const drawing = {
    base: { kind: 'sample', name: 'digit-7-0012', label: 7, pixels: new Uint8Array(784).fill(9) },
    strokes: [handDrawnSeven()],
  };
  const back = decodeDrawing(encodeDrawing(drawing));
  const base = { kind: 'sample', name: 'digit-7-0012', label: null, pixels: new Uint8Array(0) };
  assert.deepEqual(back, { base, strokes: drawing.strokes });
});

test('an image is kept as its code, whatever that holds', () => {
  const code = Uint8Array.from({ length: 300 }, (_, i) => (7 * i) % 256);
  const shown = { width: 2, height: 1, isBright: true, pixels: new Uint8Array(2), title: 'a.png' };
  const drawing = { base: { ...shown, kind: /** @type {const} */ ('image'), code }, strokes: [] };
  const text = encodeDrawing({ ...drawing, strokes: [handDrawnSeven()] });
  const back = decodeDrawing(text);
  assert.ok(back?.base?.kind === 'image');
  assert.deepEqual(back.base.code, code);
  assert.equal(back.base.pixels.length, 0);
  assert.equal(encodeDrawing(back), text);
});

test('garbage is no drawing, whatever it is', () => {
  const good = encodeDrawing({ base: null, strokes: [handDrawnSeven()] });
  const bytes = (/** @type {number[]} */ ...values) => Buffer.from(values).toString('base64url');
  const cases = {
    empty: '',
    'not base64url': 'drawing!',
    'too long': 'A'.repeat(70_000),
    truncated: good.slice(0, -4),
    'another version': bytes(2, 0),
    'an unknown base': bytes(1, 9),
    'a name with a slash': bytes(1, 1, 3, ...Buffer.from('../')),
    'no name': bytes(1, 1, 0),
    'a name that ends early': bytes(1, 1, 60, 65),
    'an image whose code ends early': bytes(1, 2, 28, 255),
    'a stroke of no size': bytes(1, 0, 1, 1, 0, 0),
    'a stroke as wide as a house': bytes(1, 0, 255, 127, 1, 0, 0),
    'a stroke without points': bytes(1, 0, 80, 0),
    'more points than bytes': bytes(1, 0, 80, 100, 0, 0),
    'a point far away': bytes(1, 0, 80, 1, 255, 127, 0),
    'a pressure above one': bytes(1, 0, 82, 1, 0, 0, 40),
    'a pressure below zero': bytes(1, 0, 82, 1, 0, 0, 41),
  };
  for (const [what, text] of Object.entries(cases)) assert.equal(decodeDrawing(text), null, what);
});

test('every mutation of a text is either no drawing or one that comes back', () => {
  const random = randomNumbers(8);
  const good = encodeDrawing({ base: null, strokes: [randomStroke(random, 20)] });
  for (let round = 0; round < 2000; round += 1) {
    const letters = [...good];
    letters[Math.floor(random() * letters.length)] = 'ABCxyz019-_'[Math.floor(random() * 11)];
    const drawing = decodeDrawing(letters.join('').slice(0, Math.ceil(random() * letters.length)));
    if (drawing) assert.deepEqual(decodeDrawing(encodeDrawing(drawing)), drawing);
  }
});

test('a photograph is kept by its name or its code, with what is painted on it', () => {
  const strokes = /** @type {const} */ (['patch', 'blur', 'noise', 'eraser', 'pen']).map(
    (tool) => ({
      tool,
      size: 34,
      points: [toPoint(10, 20), toPoint(30, 40)],
    }),
  );
  const photo = {
    kind: /** @type {const} */ ('photo'),
    title: 'cat.jpg',
    paint: null,
    note: 'kept',
  };
  const code = Uint8Array.of(255, 216, 0, 7);
  /** @type {Drawing} */
  const own = { base: { ...photo, name: '', code }, strokes };
  assert.deepEqual(decodeDrawing(encodeDrawing(own)), {
    base: { ...photo, name: '', code, title: '', note: '' },
    strokes,
  });
  /** @type {Drawing} */
  const shipped = { base: { ...photo, name: 'cat', code: new Uint8Array(0) }, strokes };
  assert.deepEqual(decodeDrawing(encodeDrawing(shipped)), {
    base: { kind: 'sample', name: 'cat', label: null, pixels: new Uint8Array(0) },
    strokes,
  });
});

test('a tool that no photograph has is no drawing', () => {
  const out = new ByteWriter();
  for (const value of [1, 0, 4 * 2048 + 4 * 21, 1]) out.whole(value);
  out.signed(0);
  out.signed(0);
  assert.equal(decodeDrawing(toBase64Url(out.bytes)), null);
});
