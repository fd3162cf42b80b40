import assert from 'node:assert/strict';
import test from 'node:test';

import { withControl, withOperation } from '../../../../static/js/core/experiment/experiment.js';
import { linked } from '../../../../static/js/core/stage/highlight.js';
import { equationOf, placesOfTerm } from '../../../../static/js/core/stage/equation.js';
import { partnersOf, weightAt } from '../../../../static/js/core/stage/channels.js';
import { axesOf } from '../../../../static/js/core/operations/registry.js';
import { everyPosition, flat } from '../golden.js';
import { ALL, CONVOLUTIONS, EXAMPLE, GRADIENTS, POOLINGS, TRANSPOSED, modelOf } from './cases.js';
import { onInput } from '../made.js';

const FORWARD = { kind: 'forward' };
const BACKWARD = { kind: 'backward' };

/**
 * @param {number} found
 * @param {number} wanted
 */
const isClose = (found, wanted) =>
  found === wanted || Math.abs(found - wanted) <= 1e-12 * Math.max(1, Math.abs(wanted));

/** A place of the output. @param {{channel: number, row: number, column: number}} at */
const output = (at) => /** @type {const} */ ({ side: 'output', ...at });
/** A place of the input. @param {{channel: number, row: number, column: number}} at */
const input = (at) => /** @type {const} */ ({ side: 'input', ...at });

test('what an output answers to and what a pixel answers to are one relation', () => {
  for (const experiment of ALL) {
    const { shape } = modelOf(experiment).outcome.output;
    /** @type {Set<string>} */
    const forwards = new Set();
    for (const at of everyPosition(shape)) {
      for (const { channel, row, column, from } of linked(experiment, FORWARD, output(at)).input) {
        const pixel = from ?? { row, column };
        forwards.add(`${channel},${pixel.row},${pixel.column} → ${Object.values(at)}`);
      }
    }
    for (const at of everyPosition(experiment.input.shape)) {
      for (const cell of linked(experiment, FORWARD, input(at)).output) {
        if (cell.isGone) continue;
        const { channel, row, column } = cell;
        assert.ok(forwards.has(`${Object.values(at)} → ${channel},${row},${column}`));
      }
    }
  }
});

test('every output is what its equation says, to torch’s last digit', () => {
  for (const one of [...CONVOLUTIONS, ...TRANSPOSED, ...POOLINGS]) {
    const model = modelOf(one.experiment);
    const wanted = flat(one.output);
    everyPosition(model.outcome.output.shape).forEach((at, index) => {
      const { result, value, blocks } = equationOf(model, output(at));
      assert.ok(result !== null && isClose(result, wanted[index]));
      assert.equal(value, model.outcome.output.data[index]);
      for (const { left, cells, isPadding, rows, columns } of blocks) {
        assert.equal(left.length, rows * columns);
        assert.equal(cells.length, left.length);
        assert.equal(isPadding.length, left.length);
      }
    });
  }
});

test('every gradient of a pixel and of a weight is the sum its equation shows, as autograd has it', () => {
  for (const one of [...GRADIENTS, ...TRANSPOSED, ...POOLINGS]) {
    const { experiment } = one;
    const model = modelOf(experiment, { see: BACKWARD });
    const wanted = flat(one.input);
    everyPosition(experiment.input.shape).forEach((at, index) => {
      const { result, blocks, isGradient } = equationOf(model, input(at));
      assert.ok(isGradient && result !== null && isClose(result, wanted[index]));
      const total = blocks.reduce((sum, block) => sum + block.sum, 0);
      assert.ok(Math.abs(total - wanted[index]) < 1e-9, experiment.operation);
    });
    if (!('weight' in one)) continue;
    const [first, second, rows, columns] = experiment.weight.shape;
    const weights = flat(one.weight);
    everyPosition([first * second, rows, columns]).forEach((at, index) => {
      const [own, within] = [Math.floor(at.channel / second), at.channel % second];
      const isTransposed = experiment.operation === 'conv_transpose2d';
      const [channel, filter] = isTransposed
        ? [own, partnersOf(experiment, 'input', own)[within]]
        : [partnersOf(experiment, 'output', own)[within], own];
      const place = /** @type {const} */ ({ ...at, side: 'kernel', channel, filter });
      const { result, blocks } = equationOf(model, place);
      assert.ok(result !== null && isClose(result, weights[index]));
      assert.ok(Math.abs(blocks[0].sum - weights[index]) < 1e-9);
    });
  }
});

test('a weight is found by the channels it stands between', () => {
  const [, grouped] = TRANSPOSED.filter(
    (/** @type {any} */ one) => one.experiment.input.shape[0] > 1,
  );
  const { experiment } = grouped;
  assert.equal(experiment.settings.groups, 2);
  assert.deepEqual(partnersOf(experiment, 'input', 3), [1]);
  assert.deepEqual(partnersOf(experiment, 'output', 0), [0, 1]);
  const [, , rows, columns] = experiment.weight.shape;
  assert.equal(
    weightAt(experiment, 1, 3, 1, 2),
    experiment.weight.data[(3 * rows + 1) * columns + 2],
  );
});

test('an output cell answers with its window, each pixel with the weight that meets it', () => {
  const found = linked(EXAMPLE, FORWARD, output({ channel: 0, row: 1, column: 2 }));
  assert.deepEqual(
    found.input.map(({ row, column, factor }) => [row, column, factor]),
    [
      [2, 4, -1],
      [2, 5, 0],
      [2, 6, 1],
      [3, 4, -2],
      [3, 5, 0],
      [3, 6, 2],
      [4, 4, -1],
      [4, 5, 0],
      [4, 6, 1],
    ],
  );
  assert.equal(found.kernel.length, 9);
  assert.equal(found.kernel[0].factor, EXAMPLE.input.data[2 * 8 + 4]);
  assert.deepEqual(
    found.output.map(({ row, column }) => [row, column]),
    [[1, 2]],
  );
});

test('a weight answers with everything it meets: the same weight everywhere', () => {
  const place = /** @type {const} */ ({ side: 'kernel', channel: 0, filter: 0, row: 0, column: 2 });
  const found = linked(EXAMPLE, FORWARD, place);
  assert.equal(found.output.length, 9);
  assert.ok(found.input.every(({ factor }) => factor === 1));
  const backward = linked(EXAMPLE, BACKWARD, place);
  assert.ok(backward.input.every(({ factor }) => factor === 1));
  assert.equal(backward.output[0].factor, EXAMPLE.input.data[2]);
  const pixel = linked(EXAMPLE, BACKWARD, input({ channel: 0, row: 2, column: 2 }));
  assert.equal(pixel.kernel[0].factor, 1);
});

test('borrowed padding names the pixel it borrows; zero padding borrows none', () => {
  const plain = withControl(EXAMPLE, 'padding', 'both', 1);
  const corner = output({ channel: 0, row: 0, column: 0 });
  const zeros = linked(plain, FORWARD, corner).input[0];
  assert.deepEqual([zeros.row, zeros.column, zeros.from], [-1, -1, null]);
  const reflected = { ...plain, settings: { ...plain.settings, padding_mode: 'reflect' } };
  assert.deepEqual(linked(reflected, FORWARD, corner).input[0].from, { row: 1, column: 1 });
  // The pixel answers with the padding that borrows it, a cell of the padding for itself alone.
  const pixel = linked(reflected, FORWARD, input({ channel: 0, row: 1, column: 1 }));
  assert.ok(pixel.input.some(({ row, column }) => row === -1 && column === -1));
  const padding = linked(reflected, FORWARD, input({ channel: 0, row: -1, column: -1 }));
  assert.deepEqual(
    padding.output.map(({ row, column }) => [row, column]),
    [[0, 0]],
  );
});

test('a maximum marks its winner, and its gradient goes there alone', () => {
  const pool = withOperation(EXAMPLE, 'max');
  const at = output({ channel: 0, row: 1, column: 1 });
  const { input: cells } = linked(pool, FORWARD, at);
  const winners = cells.filter(({ isWinner }) => isWinner);
  assert.equal(winners.length, 1);
  const back = linked(pool, BACKWARD, input(winners[0]));
  const own = back.output.find(({ row, column }) => row === 1 && column === 1);
  assert.deepEqual([own?.factor, own?.isWinner], [1, true]);
  const loser = cells.find(({ isWinner }) => !isWinner);
  const lost = linked(pool, BACKWARD, input({ channel: 0, row: 0, column: 0, ...loser }));
  const same = lost.output.find(({ row, column }) => row === 1 && column === 1);
  assert.deepEqual([same?.factor, same?.isWinner], [0, false]);
});

test('a pooling has no kernel, and its padding no share', () => {
  const pool = {
    ...withOperation(EXAMPLE, 'average'),
    settings: { kernel_size: [2, 2], stride: [2, 2], padding: 1 },
  };
  const kernel = /** @type {const} */ ({
    side: 'kernel',
    channel: 0,
    filter: 0,
    row: 0,
    column: 0,
  });
  assert.deepEqual(linked(pool, FORWARD, kernel).input, []);
  const padding = linked(pool, BACKWARD, input({ channel: 0, row: -1, column: -1 }));
  assert.equal(padding.output[0].factor, 0);
  const { blocks } = equationOf(
    modelOf(pool, { see: BACKWARD }),
    output({ channel: 0, row: 0, column: 0 }),
  );
  assert.deepEqual(Array.from(blocks[0].right ?? []), [0, 0, 0, 0.25]);
});

test('what padding takes away from a transposed convolution is gone', () => {
  const small = withOperation(onInput(1, 3, 3), 'conv_transpose2d');
  const cut = withControl(small, 'padding', 'both', 1);
  const found = linked(cut, FORWARD, input({ channel: 0, row: 0, column: 0 }));
  assert.deepEqual(
    found.output.filter(({ isGone }) => isGone).map(({ row, column }) => [row, column]),
    [
      [-1, -1],
      [-1, 0],
      [-1, 1],
      [0, -1],
      [1, -1],
    ],
  );
  const back = linked(cut, BACKWARD, {
    side: 'kernel',
    channel: 0,
    filter: 0,
    row: 0,
    column: 0,
  });
  assert.equal(back.input.find(({ row, column }) => row === 0 && column === 0)?.factor, 0);
});

test('with ceil_mode the last window reaches beyond the padding', () => {
  const pool = {
    ...withOperation(EXAMPLE, 'max'),
    settings: { kernel_size: [3, 3], stride: [2, 2], ceil_mode: true },
  };
  const { height: rows } = axesOf(pool);
  assert.deepEqual(rows.input, { first: 0, count: 9, size: 8 });
  assert.equal(axesOf(pool), axesOf(pool));
  assert.equal(rows.sourceAt(8), null);
});

test('a term of an equation stands on the input, the kernel and the output', () => {
  const equation = equationOf(modelOf(EXAMPLE), output({ channel: 0, row: 1, column: 2 }));
  assert.deepEqual(placesOfTerm(equation, 5), [
    { side: 'input', channel: 0, row: 3, column: 6 },
    { side: 'kernel', channel: 0, filter: 0, row: 1, column: 2 },
    { side: 'output', channel: 0, row: 1, column: 2 },
  ]);
  assert.deepEqual(placesOfTerm(equation, 9), []);
  assert.deepEqual(placesOfTerm({ ...equation, blocks: [] }, 0), []);
});

test('what goes to many sums has none of its own', () => {
  const model = modelOf(EXAMPLE);
  const pixel = equationOf(model, input({ channel: 0, row: 2, column: 2 }));
  assert.deepEqual(
    [pixel.way.kind, pixel.result, pixel.value],
    ['apart', null, EXAMPLE.input.data[18]],
  );
  const given = equationOf(
    modelOf(EXAMPLE, { see: BACKWARD }),
    output({ channel: 0, row: 0, column: 0 }),
  );
  assert.deepEqual([given.way.kind, given.value], ['apart', 1]);
  const outside = equationOf(
    modelOf(EXAMPLE, { see: BACKWARD }),
    input({ channel: 0, row: -1, column: 0 }),
  );
  assert.equal(outside.result, null);
});

test('a window of nothing but padding has no winner', () => {
  const tiny = { ...withOperation(onInput(1, 2, 2), 'max') };
  const pool = {
    ...tiny,
    settings: { kernel_size: [2, 2], stride: [1, 1], padding: 1, dilation: 3 },
  };
  const place = output({ channel: 0, row: 0, column: 0 });
  const { blocks, result } = equationOf(modelOf(pool), place);
  assert.deepEqual([blocks[0].mark, result], [-1, -Infinity]);
});

test('a pixel of a pooling is in windows, multiplied by nothing', () => {
  const pool = withOperation(EXAMPLE, 'average');
  const { blocks, way } = equationOf(modelOf(pool), input({ channel: 0, row: 0, column: 0 }));
  assert.deepEqual([way.kind, blocks[0].right], ['apart', null]);
});

test('a kernel has no gradient where there is no kernel', () => {
  const pool = withOperation(EXAMPLE, 'max');
  const place = /** @type {const} */ ({ side: 'kernel', channel: 0, filter: 0, row: 0, column: 0 });
  assert.equal(equationOf(modelOf(pool, { see: BACKWARD }), place).result, null);
});

test('a zero has no share in a norm', () => {
  const zeros = {
    ...onInput(1, 2, 2),
    input: { shape: [1, 2, 2], data: Float64Array.of(0, 3, 4, 0) },
  };
  const pool = { ...withOperation(zeros, 'lp'), settings: { kernel_size: [2, 2], stride: [2, 2] } };
  const factors = [0, 1].map(
    (column) => linked(pool, BACKWARD, input({ channel: 0, row: 0, column })).output[0].factor,
  );
  assert.deepEqual(factors, [0, 0.6]);
});

test('beyond an input without padding nothing stands', () => {
  const adaptive = {
    ...withOperation(EXAMPLE, 'adaptive_max'),
    settings: { output_size: [null, 3] },
  };
  const spread = withOperation(EXAMPLE, 'conv_transpose2d');
  for (const experiment of [adaptive, spread]) {
    const { height: rows } = axesOf(experiment);
    assert.deepEqual([-1, 0, 7, 8].map(rows.sourceAt), [null, 0, 7, null]);
  }
  assert.equal(axesOf(adaptive).height.output.size, 8);
});
