import assert from 'node:assert/strict';
import { test } from 'node:test';

import { incoming, wiringOf, withDerived } from '../../../../static/js/core/layers/wiring.js';

/** @typedef {import('../../../../static/js/core/tensor.js').Tensor} Tensor */

/** @param {number[]} shape @param {number[]} values @returns {Tensor} */
const tensor = (shape, values) => ({ shape, data: Float32Array.from(values) });

/**
 * @param {string} kind
 * @param {number[]} output_shape
 * @param {Record<string, any>} [settings]
 */
const layer = (kind, output_shape, settings) => ({ kind, output_shape, settings });

/**
 * Which maps of each input a map reads.
 * @param {ReturnType<typeof layer>} of
 * @param {number[][]} shapes
 * @param {number} channel
 */
const readBy = (of, shapes, channel) =>
  incoming(shapes).map((input) => wiringOf(of).reads(of, input, channel));

test('a convolution reads every map, or those of its group', () => {
  assert.deepEqual(readBy(layer('Conv2d', [8, 4, 4]), [[6, 4, 4]], 3), [{ first: 0, count: 6 }]);
  const grouped = layer('Conv2d', [8, 4, 4], { groups: 2 });
  assert.deepEqual(readBy(grouped, [[6, 4, 4]], 3), [{ first: 0, count: 3 }]);
  assert.deepEqual(readBy(grouped, [[6, 4, 4]], 4), [{ first: 3, count: 3 }]);
  assert.equal(wiringOf(grouped).reader(grouped, { shape: [6, 4, 4], before: 0 }, 2), null);
});

test('a kind that says nothing reads map by map, and has to be sent', () => {
  const unknown = layer('Elsewhere', [6, 4, 4]);
  assert.deepEqual(readBy(unknown, [[6, 4, 4]], 5), [{ first: 5, count: 1 }]);
  assert.equal(wiringOf(unknown).reader(unknown, { shape: [6, 4, 4], before: 0 }, 5), 5);
  assert.equal(wiringOf(unknown).derive, undefined);
});

test('padded maps read those that were there, and what is put beside them nothing', () => {
  const beside = layer('Pad', [6, 4, 4], { channels: [1, 2] });
  const count = (/** @type {number} */ channel) => readBy(beside, [[3, 4, 4]], channel)[0].count;
  assert.deepEqual([0, 1, 3, 4].map(count), [0, 1, 1, 0]);
  assert.equal(readBy(beside, [[3, 4, 4]], 2)[0].first, 1);
  assert.equal(wiringOf(beside).reader(beside, { shape: [3, 4, 4], before: 0 }, 2), 3);
  const plain = layer('Pad', [3, 4, 4]);
  assert.deepEqual(readBy(plain, [[3, 2, 2]], 2), [{ first: 2, count: 1 }]);
  assert.equal(wiringOf(plain).reader(plain, { shape: [3, 2, 2], before: 0 }, 2), 2);
});

test('a flattening: the map of a value, and the value in the middle of a map', () => {
  const flat = layer('Flatten', [18]);
  assert.deepEqual(readBy(flat, [[2, 3, 3]], 10), [{ first: 1, count: 1 }]);
  assert.equal(wiringOf(flat).reader(flat, { shape: [2, 3, 3], before: 0 }, 1), 13);
  assert.deepEqual(readBy(layer('Flatten', [5]), [[5]], 3), [{ first: 3, count: 1 }]);
});

test('maps put one behind the other come from one input', () => {
  const stacked = layer('Concatenate', [5, 1, 1]);
  const shapes = [
    [2, 1, 1],
    [3, 1, 1],
  ];
  assert.deepEqual(
    readBy(stacked, shapes, 1).map(({ count }) => count),
    [1, 0],
  );
  assert.deepEqual(readBy(stacked, shapes, 3)[0].count, 0);
  assert.deepEqual(readBy(stacked, shapes, 3)[1], { first: 1, count: 1 });
  const below = layer('Concatenate', [2, 3, 1], { dim: 2 });
  assert.deepEqual(
    readBy(
      below,
      [
        [2, 1, 1],
        [2, 2, 1],
      ],
      1,
    )[1],
    { first: 1, count: 1 },
  );
  assert.equal(wiringOf(below).derive, undefined);
  assert.equal(wiringOf(layer('Concatenate', [5, 1, 1], { dim: -3 })), wiringOf(stacked));
  const [, second] = incoming(shapes);
  assert.equal(wiringOf(stacked).reader(stacked, second, 0), 2);
});

test('what follows from what a layer reads is not sent; everything else is', () => {
  const given = new Map([
    ['conv1', tensor([1, 1, 2], [-1, 2])],
    ['bn1', tensor([1, 1, 2], [0.5, -3])],
    ['sent', tensor([2], [9, 9])],
  ]);
  const node = (
    /** @type {string} */ name,
    /** @type {string} */ kind,
    /** @type {number[]} */ shape,
    /** @type {string[]} */ ...inputs
  ) => ({ name, inputs, ...layer(kind, shape) });
  const found = withDerived(given, [
    node('conv1', 'Conv2d', [1, 1, 2], 'input'),
    node('relu1', 'ReLU', [1, 1, 2], 'conv1'),
    node('add', 'Add', [1, 1, 2], 'relu1', 'bn1'),
    node('cat', 'Concatenate', [2, 1, 2], 'relu1', 'bn1'),
    node('rest', 'Dropout', [1, 1, 2], 'relu1'),
    node('flatten', 'Flatten', [4], 'cat'),
    node('pool1', 'MaxPool2d', [1, 1, 1], 'relu1'),
    node('sent', 'Flatten', [2], 'relu1'),
    node('lost', 'ReLU', [2], 'absent'),
  ]);
  const values = (/** @type {string} */ name) => [...(found.get(name)?.data ?? [])];
  assert.deepEqual(values('relu1'), [0, 2]);
  assert.deepEqual(values('add'), [0.5, -1]);
  assert.deepEqual(values('cat'), [0, 2, 0.5, -3]);
  assert.deepEqual(values('rest'), [0, 2]);
  assert.deepEqual(values('flatten'), [0, 2, 0.5, -3]);
  assert.deepEqual(found.get('flatten')?.shape, [4]);
  assert.deepEqual(values('sent'), [9, 9]);
  assert.equal(found.has('lost') || found.has('pool1'), false);
});

test('a sum of three is rounded after each, as PyTorch rounds it', () => {
  const tiny = 2 ** -24;
  const inputs = [tensor([1], [1]), tensor([1], [tiny]), tensor([1], [tiny])];
  const [sum] = wiringOf(layer('Add', [1])).derive?.(inputs) ?? [];
  assert.equal(sum, 1);
});
