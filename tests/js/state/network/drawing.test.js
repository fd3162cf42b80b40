import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { effect } from '@preact/signals-core';

import { decodeDrawing, encodeDrawing } from '../../../../static/js/core/drawing/drawing_code.js';
import { EMPTY, toPoint } from '../../../../static/js/core/drawing/strokes.js';
import { imageOf } from '../../../../static/js/media/picture.js';
import { encodePicture } from '../../../../static/js/media/picture_code.js';
import { drawingActions } from '../../../../static/js/state/network/drawing.js';
import { createPaper } from '../../../../static/js/state/network/paper.js';
import { restore } from '../../../../static/js/state/network/restore.js';
import { createRequest } from '../../../../static/js/state/network/request.js';

const paper = createPaper();
const { drawing, changed, canUndo, canRedo } = paper;
const requestOf = createRequest();
const state = {
  ...drawingActions(paper),
  requestBody: (isPhoto = false) => requestOf(drawing.value, isPhoto),
  restore: (/** @type {import('../../../../static/js/core/drawing/strokes.js').Drawing} */ next) =>
    restore(paper, next),
};

/** @param {number} seed */
const pixels = (seed) => Uint8Array.from({ length: 784 }, (_, i) => (i * seed) % 256);
const seven = { name: 'digit-7', label: 7, pixels: pixels(7) };

/** @param {number} y */
function drawLine(y) {
  state.beginStroke(toPoint(20, y), 1);
  state.extendStroke([toPoint(60, y), toPoint(100, y)], 2);
  state.endStroke([toPoint(140, y)], 3);
}

const baseKind = () => drawing.value.base?.kind;
const ys = () => drawing.value.strokes.map((stroke) => stroke.points[0][1]);

/** @param {{body: Uint8Array | Blob, type: string}} request */
function npy({ body, type }) {
  assert.equal(type, 'application/x-npy');
  assert.ok(body instanceof Uint8Array);
  const header = new TextDecoder().decode(body.subarray(10, 128));
  return {
    shape: /\((\d+), (\d+)\)/.exec(header)?.slice(1).map(Number),
    values: body.subarray(128),
  };
}

beforeEach(() => {
  while (canUndo.value) state.undo();
  drawing.value = EMPTY;
  state.setBrush({ tool: 'pen', size: 21 });
});

test('a stroke grows, keeps the brush it began with, and ends', () => {
  state.setBrush({ tool: 'eraser', size: 34 });
  state.beginStroke(toPoint(10, 10));
  state.setBrush({ size: 12 });
  state.extendStroke([toPoint(20, 10)]);
  state.endStroke([toPoint(30, 10)]);
  state.extendStroke([toPoint(200, 10)]);
  const [stroke] = drawing.value.strokes;
  assert.equal(stroke.tool, 'eraser');
  assert.equal(stroke.size, 34);
  assert.deepEqual(
    stroke.points.map(([x]) => x),
    [10, 20, 30],
  );
});

test('every change tells the time of its event at once, and once', () => {
  /** @type {number[]} */
  const times = [];
  const stop = effect(() => void times.push(changed.value.at));
  state.beginStroke(toPoint(10, 10), 100);
  state.extendStroke([toPoint(50, 10)], 108);
  state.extendStroke([toPoint(50.5, 10)], 116);
  state.endStroke([], 120);
  state.undo(130);
  state.redo(140);
  state.clear(150);
  state.setSample(seven, 160);
  state.setPreparation({ crop: false }, 170);
  state.switchStep('crop', 180);
  stop();
  assert.deepEqual(times.slice(1), [100, 108, 130, 140, 150, 160, 170, 180]);
});

test('whoever hears of a change sees the drawing, its time and its undo agree', () => {
  const stop = effect(() => {
    void changed.value;
    assert.equal(canUndo.value, drawing.value.strokes.length > 0);
  });
  drawLine(50);
  state.undo();
  stop();
});

test('a hundred changes are undone and redone one by one', () => {
  for (let y = 1; y <= 100; y += 1) drawLine(y);
  for (let y = 100; y >= 1; y -= 1) {
    assert.equal(ys().at(-1), y);
    state.undo();
  }
  assert.ok(!canUndo.value && canRedo.value);
  state.undo();
  for (let y = 1; y <= 100; y += 1) {
    state.redo();
    assert.equal(ys().length, y);
  }
  assert.ok(!canRedo.value);
  state.redo();
});

test('a new stroke leaves nothing to redo; clear and samples can be undone', () => {
  drawLine(10);
  state.undo();
  drawLine(20);
  assert.ok(!canRedo.value);
  state.clear();
  assert.deepEqual(ys(), []);
  state.setSample(seven);
  assert.equal(baseKind(), 'sample');
  state.undo();
  state.undo();
  assert.deepEqual(ys(), [20]);
});

test('clearing an empty paper or laying the same sample changes nothing', () => {
  const before = changed.value;
  state.clear();
  assert.equal(changed.value, before);
  state.setSample(seven);
  const after = changed.value;
  state.setSample({ ...seven });
  assert.equal(changed.value, after);
});

test('undo or clear in mid-stroke leaves the rest of the stroke without effect', () => {
  drawLine(10);
  state.beginStroke(toPoint(10, 200));
  state.extendStroke([toPoint(50, 200)]);
  state.undo();
  state.extendStroke([toPoint(90, 200)]);
  state.endStroke([toPoint(120, 200)]);
  assert.deepEqual(ys(), [10]);
  assert.equal(drawing.value.strokes[0].points.length, 4);
  state.beginStroke(toPoint(10, 200));
  state.clear();
  state.extendStroke([toPoint(90, 200)]);
  assert.deepEqual(ys(), []);
  state.cancelStroke();
  assert.deepEqual(ys(), []);
});

test('a cancelled stroke was never there', () => {
  drawLine(10);
  state.beginStroke(toPoint(10, 200));
  state.extendStroke([toPoint(50, 200)]);
  state.cancelStroke();
  assert.deepEqual(ys(), [10]);
  assert.ok(!canRedo.value);
  state.undo();
  assert.deepEqual(ys(), []);
});

test('an untouched sample travels as its 28 × 28 pixels, a touched one as the paper', () => {
  state.setSample(seven);
  const sample = npy(state.requestBody());
  assert.deepEqual(sample.shape, [28, 28]);
  assert.deepEqual([...sample.values], [...seven.pixels]);
  drawLine(100);
  const paper = npy(state.requestBody());
  assert.deepEqual(paper.shape, [280, 280]);
  assert.equal(paper.values[100 * 280 + 80], 255);
});

test('the paper that travels in mid-stroke is the paper painted anew', () => {
  state.beginStroke(toPoint(20, 100));
  for (let x = 30; x < 250; x += 10) {
    state.extendStroke([toPoint(x, 100 + (x % 30))]);
    if (x % 40 === 0) state.requestBody();
  }
  const grown = npy(state.requestBody()).values;
  const { strokes } = drawing.value;
  state.clear();
  assert.ok(npy(state.requestBody()).values.every((value) => value === 0));
  drawing.value = { base: null, strokes: structuredClone(strokes) };
  assert.deepEqual(npy(state.requestBody()).values, grown);
});

test('an example gives way to the first stroke of a pen, not to the eraser', () => {
  state.showExample(seven);
  assert.ok(!canUndo.value);
  assert.deepEqual(npy(state.requestBody()).shape, [28, 28]);
  drawLine(60);
  assert.equal(baseKind(), undefined);
  assert.deepEqual(ys(), [60]);
  state.undo();
  assert.equal(baseKind(), 'sample');
  state.setBrush({ tool: 'eraser' });
  drawLine(60);
  state.setBrush({ tool: 'pen' });
  drawLine(90);
  assert.equal(baseKind(), 'sample');
  assert.deepEqual(ys(), [60, 90]);
});

test('an example that was picked in the tray is a sample like any other', () => {
  state.showExample(seven);
  state.setSample(seven);
  drawLine(60);
  assert.equal(baseKind(), 'sample');
});

test('an untouched image travels as bright or dark as it came, and the same from its link', async () => {
  for (const ground of [20, 230]) {
    const pixels = Uint8Array.from({ length: 60 * 40 }, (_, i) => (i % 7 === 3 ? 125 : ground));
    const code = await encodePicture({ width: 60, height: 40, pixels });
    state.setImage({ ...(await imageOf(code)), title: 'a.png' });
    const sent = npy(state.requestBody());
    assert.deepEqual(sent.shape, [40, 60]);
    assert.deepEqual(sent.values, pixels);
    const link = encodeDrawing(drawing.value);
    state.clear();
    await state.restore(/** @type {any} */ (decodeDrawing(link)));
    assert.deepEqual(npy(state.requestBody()), sent);
    drawLine(5);
    assert.deepEqual(npy(state.requestBody()).shape, [280, 280]);
  }
});

test('a network of photographs gets an image in its colours, as long as they are known', async () => {
  const grey = new Uint8Array(60 * 40).fill(90);
  const code = await encodePicture({ width: 60, height: 40, pixels: grey });
  const colour = { shape: [3, 2, 2], data: Uint8Array.from({ length: 12 }, (_, at) => at) };
  state.setImage({ ...(await imageOf(code)), title: 'a.png', colour });
  const { body } = state.requestBody(true);
  assert.match(new TextDecoder().decode(body.subarray(10, 128)), /\(3, 2, 2\)/);
  assert.deepEqual(body.subarray(128), colour.data);
  assert.deepEqual(npy(state.requestBody()).shape, [40, 60]);
  const link = encodeDrawing(drawing.value);
  state.clear();
  await state.restore(/** @type {any} */ (decodeDrawing(link)));
  assert.deepEqual(npy(state.requestBody(true)).shape, [40, 60]);
});

test('an image whose code is cut short is told of, and the drawing stays', async () => {
  const pixels = new Uint8Array(28 * 28).map((_, i) => i % 256);
  const code = await encodePicture({ width: 28, height: 28, pixels });
  drawLine(30);
  const before = drawing.value;
  const base = { kind: /** @type {const} */ ('image'), ...(await imageOf(code)), title: '' };
  const cut = { ...base, pixels: new Uint8Array(0), code: code.subarray(0, -9) };
  await assert.rejects(state.restore({ base: cut, strokes: [] }), /cannot be read/);
  assert.equal(drawing.value, before);
});

test('a drawing comes back from its link; on a fresh page there is then nothing to undo', async () => {
  drawLine(30);
  const link = encodeDrawing(drawing.value);
  const kept = drawing.value;
  const before = changed.value;
  await state.restore(/** @type {any} */ (decodeDrawing(link)));
  assert.equal(changed.value, before);
  state.undo();
  await state.restore(/** @type {any} */ (decodeDrawing(link)));
  assert.deepEqual(drawing.value, kept);
  assert.ok(!canUndo.value);
  await state.restore({ base: null, strokes: [] });
  state.undo();
  assert.deepEqual(drawing.value, kept);
});

test('a sample of a link is fetched by its name; who draws meanwhile keeps the drawing', async () => {
  const header = JSON.stringify({
    __metadata__: { document: '{"label": 3, "kind": "digit"}' },
    image: { dtype: 'U8', shape: [1, 28, 28], data_offsets: [0, 784] },
  });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const body = Buffer.concat([length, Buffer.from(header), Buffer.alloc(784, 255)]);
  const fetched = mock.method(globalThis, 'fetch', async () => new Response(body));
  const base = /** @type {const} */ ({
    kind: 'sample',
    name: 'digit-3',
    label: null,
    pixels: new Uint8Array(0),
  });
  const restoring = state.restore({ base, strokes: [] });
  drawLine(44);
  await restoring;
  assert.deepEqual(ys(), [44]);
  await state.restore({ base, strokes: [] });
  assert.deepEqual(drawing.value.base, {
    kind: 'sample',
    name: 'digit-3',
    label: 3,
    pixels: new Uint8Array(784).fill(255),
  });
  assert.deepEqual(fetched.mock.calls[0].arguments[0], './api/v1/samples/digit-3?dtype=uint8');
  assert.equal(fetched.mock.callCount(), 1);
  fetched.mock.restore();
});
