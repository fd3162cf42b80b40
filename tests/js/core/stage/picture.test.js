import assert from 'node:assert/strict';
import test from 'node:test';

import { withInputCell, withOperation } from '../../../../static/js/core/experiment/experiment.js';
import { boardOf } from '../../../../static/js/core/stage/board.js';
import { pictureOf, rangesOf } from '../../../../static/js/core/stage/picture.js';
import { planeOf } from '../../../../static/js/core/stage/planes.js';
import { windowWinner } from '../../../../static/js/core/stage/pooling_window.js';
import { stationsOf } from '../../../../static/js/core/stage/stations.js';
import { EXAMPLE, modelOf } from './cases.js';

const corner = { channel: 0, row: 0, column: 0 };
const BACKWARD = { see: { kind: 'backward' } };

test('a picture has every plane of its board', () => {
  for (const operation of /** @type {const} */ (['conv2d', 'max', 'average'])) {
    const model = modelOf(withOperation(EXAMPLE, operation));
    const board = boardOf(stationsOf(model.experiment, model.see), 840, 420);
    const { planes, isMaximum } = pictureOf(model, board);
    assert.deepEqual(
      planes.map(({ box }) => box),
      board.boxes,
    );
    for (const { box, plane } of planes) assert.deepEqual(plane, planeOf(model, box));
    assert.equal(isMaximum, operation === 'max');
  }
});

test('the input is coloured from 0 to 1 or as far as it goes, whatever is not finite', () => {
  const input = (/** @type {number} */ value) =>
    rangesOf(modelOf(withInputCell(EXAMPLE, corner, value))).input;
  assert.deepEqual(input(0.5), { low: 0, high: 1 });
  assert.deepEqual(input(7), { low: 0, high: 7 });
  assert.deepEqual(input(-2), { low: -2, high: 1 });
  assert.deepEqual(input(Infinity), { low: 0, high: 1 });
});

test('all else is coloured as far below zero as above', () => {
  const forward = modelOf(EXAMPLE);
  assert.deepEqual(rangesOf(forward).kernel, { low: -2, high: 2 });
  assert.deepEqual(rangesOf(forward).input_gradient, { low: -1, high: 1 });
  const backward = modelOf(EXAMPLE, BACKWARD);
  const largest = Math.max(...(backward.gradients?.weight?.data ?? []).map(Math.abs));
  assert.deepEqual(rangesOf(backward).kernel_gradient, { low: -largest, high: largest });
  const [rows, columns] = backward.outcome.output.shape.slice(1);
  const data = new Float64Array(rows * columns).fill(-3);
  const given = { ...EXAMPLE, outputGradient: { shape: [1, rows, columns], data } };
  assert.deepEqual(rangesOf(modelOf(given)).output_gradient, { low: -3, high: 3 });
  // Looked for once.
  assert.equal(rangesOf(forward), rangesOf(forward));
});

test('only a maximum has a winner in its window', () => {
  const spot = { side: /** @type {const} */ ('output'), channel: 0, row: 1, column: 1 };
  const pool = withOperation(EXAMPLE, 'max');
  const winner = windowWinner(modelOf(pool, { spot }));
  assert.ok(winner);
  const [, , width] = pool.input.shape;
  const values = [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((column) => pool.input.data[(2 + row) * width + 2 + column]),
  );
  const first = values.indexOf(Math.max(...values));
  assert.deepEqual(winner, { row: Math.floor(first / 3), column: first % 3 });
  assert.equal(windowWinner(modelOf(withOperation(EXAMPLE, 'average'), { spot })), null);
  assert.equal(windowWinner(modelOf(pool)), null);
});
