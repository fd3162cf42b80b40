import assert from 'node:assert/strict';
import test from 'node:test';

import {
  withControl,
  withGroups,
  withInChannels,
  withOperation,
  withOutChannels,
  withSettings,
} from '../../../../static/js/core/experiment/experiment.js';
import {
  answerBoxes,
  boardOf,
  boxOf,
  cellAt,
  centred,
  seenFrom,
  LARGEST_CELL,
} from '../../../../static/js/core/stage/board.js';
import { linked } from '../../../../static/js/core/stage/highlight.js';
import { KIND } from '../../../../static/js/core/stage/plane.js';
import { planeOf } from '../../../../static/js/core/stage/planes.js';
import { stageHeight } from '../../../../static/js/core/stage/height.js';
import { isReached, stampedSoFar } from '../../../../static/js/core/stage/stamps.js';
import { shownFilter, stationsOf } from '../../../../static/js/core/stage/stations.js';
import { moved, wayInto } from '../../../../static/js/core/stage/viewport.js';
import { ALL, EXAMPLE, modelOf } from './cases.js';
import { onInput } from '../made.js';

/**
 * @typedef {import('../../../../static/js/core/experiment/experiment.js').Experiment} Experiment
 * @typedef {import('../../../../static/js/core/stage/board.js').Role} Role
 * @typedef {import('../../../../static/js/core/stage/planes.js').PlanesModel} PlanesModel
 */

const FORWARD = { kind: 'forward' };
const BACKWARD = { kind: 'backward' };

/**
 * The board of an experiment on a usual screen.
 * @param {Experiment} experiment
 * @param {{kind: string}} [see]
 */
const board = (experiment, see = FORWARD) => boardOf(stationsOf(experiment, see), 840, 420);

/**
 * One plane of an experiment.
 * @param {Experiment} experiment
 * @param {Role} role
 * @param {Partial<PlanesModel>} [other]
 * @param {number} [channel]
 */
function plane(experiment, role, other = {}, channel = 0) {
  const model = modelOf(experiment, other);
  const box = boxOf(board(experiment, model.see), role, channel);
  assert.ok(box);
  const found = planeOf(model, box);
  const rows = Array.from({ length: box.rows }, (_, row) =>
    Array.from(found.kinds.subarray(row * box.columns, (row + 1) * box.columns)),
  );
  return { ...found, box, rows };
}

test('no two planes ever lie on one another, and all lie on the board', () => {
  const many = withGroups(withOutChannels(withInChannels(EXAMPLE, 4), 6), 2);
  const sizes = [1, 2, 5, 17, 64].map((size) => onInput(1, size, size));
  const wide = [onInput(1, 64, 3), onInput(3, 2, 60), onInput(8, 9, 9)];
  const possible = [
    ...ALL,
    many,
    ...wide,
    ...sizes.slice(2),
    withOperation(sizes[0], 'global_max'),
  ];
  for (const experiment of possible) {
    for (const see of [FORWARD, BACKWARD]) {
      for (const [width, height] of [
        [840, 420],
        [358, 480],
        [700, 300],
      ]) {
        const found = boardOf(stationsOf(experiment, see), width, height);
        const { boxes } = found;
        assert.ok(found.cell >= 1 && found.cell <= LARGEST_CELL);
        boxes.forEach((one, index) => {
          assert.ok(one.x >= 0 && one.y >= 0, `${experiment.operation} ${one.role}`);
          assert.ok(one.x + one.width <= found.width && one.y + one.height <= found.height);
          for (const other of boxes.slice(index + 1)) {
            const apart =
              one.x + one.width <= other.x ||
              other.x + other.width <= one.x ||
              one.y + one.height <= other.y ||
              other.y + other.height <= one.y;
            assert.ok(apart, `${experiment.operation} ${see.kind} ${one.role} on ${other.role}`);
          }
        });
      }
    }
  }
});

test('the input stays where it is while stride, kernel and dilation change', () => {
  const at = (/** @type {Experiment} */ experiment) => {
    const { cell, boxes } = board(experiment);
    return [cell, boxes[0].x, boxes[0].y];
  };
  const before = at(EXAMPLE);
  assert.deepEqual(at(withControl(EXAMPLE, 'stride', 'both', 4)), before);
  assert.deepEqual(at(withControl(EXAMPLE, 'kernel_size', 'both', 5)), before);
  assert.deepEqual(at(withControl(EXAMPLE, 'dilation', 'both', 3)), before);
});

test('a kernel can be read beside a large input, and the input stays where it is', () => {
  const large = onInput(1, 64, 64);
  for (const [width, height, size, smaller] of [
    [840, 420, 24, 16],
    [358, 480, 18, 10],
  ]) {
    const found = boardOf(stationsOf(large, FORWARD), width, height);
    const [input, kernel, output] = found.boxes;
    assert.ok(found.cell < 12 && input.cell === found.cell && output.cell === found.cell);
    assert.deepEqual([kernel.cell, kernel.width, kernel.height], [size, 3 * size, 3 * size]);
    assert.ok(found.width <= width && found.height <= height);
    const other = boardOf(
      stationsOf(withControl(large, 'kernel_size', 'both', 5), FORWARD),
      width,
      height,
    );
    assert.deepEqual([other.boxes[1].cell, other.boxes[1].width], [smaller, 5 * smaller]);
    assert.deepEqual([other.boxes[0].x, other.width], [input.x, found.width]);
    const at = { x: kernel.x + 2.5 * size, y: kernel.y + 1.5 * size };
    assert.deepEqual(cellAt(found, at.x, at.y), { box: kernel, row: 1, column: 2 });
  }
  const gradients = boardOf(stationsOf(large, BACKWARD), 840, 420).boxes;
  const sizes = gradients.filter(({ side }) => side === 'kernel').map(({ cell }) => cell);
  assert.deepEqual(sizes, [24, 24]);
});

test('a large window is no larger than its cells are', () => {
  const found = board(withOperation(onInput(1, 64, 64), 'adaptive_max'));
  assert.equal(found.boxes[1].cell, found.cell);
  assert.equal(board(EXAMPLE).boxes[1].cell, board(EXAMPLE).cell);
});

test('a cell is never smaller than asked for', () => {
  assert.equal(boardOf(stationsOf(onInput(1, 64, 64), FORWARD), 840, 420, 30).cell, 30);
  assert.equal(boardOf(stationsOf(onInput(1, 64, 64), FORWARD), 40, 40).cell, 1);
});

test('a board that is scrolled is the same board from another corner', () => {
  const large = boardOf(stationsOf(onInput(1, 32, 32), FORWARD), 840, 420, 30);
  const found = centred(large, 840, 420, 8);
  assert.ok(found.width === large.width + 8 && found.boxes[0].x === 4);
  assert.equal(seenFrom(found, 0, 0), found);
  const [box] = seenFrom(found, 100, 50).boxes;
  assert.deepEqual([box.x, box.y], [found.boxes[0].x - 100, found.boxes[0].y - 50]);
  const small = centred(boardOf(stationsOf(onInput(1, 3, 3), FORWARD), 840, 420), 1000, 600, 8);
  assert.deepEqual([small.width, small.height], [1000, 600]);
  assert.ok(small.boxes[0].x > 100);
});

test('a point is in the cell that is drawn there', () => {
  const padded = withControl(EXAMPLE, 'padding', 'both', 2);
  const found = board(padded);
  const [box] = found.boxes;
  const first = cellAt(found, box.x, box.y);
  assert.deepEqual([first?.row, first?.column], [-2, -2]);
  const last = cellAt(found, box.x + box.width - 0.01, box.y + box.height - 0.01);
  assert.deepEqual([last?.row, last?.column], [9, 9]);
  assert.equal(cellAt(found, -5, -5), null);
});

test('around what answers lies a box on every plane', () => {
  const place = /** @type {const} */ ({ side: 'output', channel: 0, row: 0, column: 0 });
  const found = board(EXAMPLE);
  const boxes = answerBoxes(found, linked(EXAMPLE, FORWARD, place), false);
  assert.equal(boxes.length, 3);
  assert.equal(boxes[0].right - boxes[0].left, 3 * found.cell);
  const back = board(EXAMPLE, BACKWARD);
  assert.equal(answerBoxes(back, linked(EXAMPLE, BACKWARD, place), true).length, 5);
  const pool = withOperation(EXAMPLE, 'max');
  const pooled = board(pool);
  assert.equal(answerBoxes(pooled, linked(pool, FORWARD, place), false).length, 2);
  assert.equal(boxOf(pooled, 'kernel', 0), null);
});

test('padding is zeros, borrowed pixels, or nothing that counts', () => {
  const { zero, borrowed, uncounted, value } = KIND;
  const padded = withControl(EXAMPLE, 'padding', 'both', 1);
  assert.deepEqual(plane(padded, 'input').rows[1].slice(0, 3), [zero, value, value]);
  const reflected = withSettings(padded, { ...padded.settings, padding_mode: 'reflect' });
  const found = plane(reflected, 'input');
  assert.equal(found.rows[0][0], borrowed);
  assert.equal(found.values[0], EXAMPLE.input.data[9]);
  const max = withSettings(withOperation(EXAMPLE, 'max'), {
    kernel_size: [3, 3],
    padding: 1,
    stride: 1,
  });
  assert.equal(plane(max, 'input').rows[0][0], uncounted);
  const average = withOperation(EXAMPLE, 'average');
  const counted = withSettings(average, { kernel_size: [3, 3], padding: 1, stride: 1 });
  assert.equal(plane(counted, 'input').rows[0][0], zero);
  const bare = withSettings(average, { ...counted.settings, count_include_pad: false });
  assert.equal(plane(bare, 'input').rows[0][0], uncounted);
});

test('what ceil_mode reads beyond the padding is nothing', () => {
  const pool = {
    ...withOperation(EXAMPLE, 'max'),
    settings: { kernel_size: [3, 3], stride: [2, 2], ceil_mode: true },
  };
  const { rows } = plane(pool, 'input');
  assert.equal(rows.length, 9);
  assert.equal(rows[8][0], KIND.beyond);
});

test('rows and columns that no window reads are hatched, those of the padding too', () => {
  const { hatched, box } = plane(EXAMPLE, 'input');
  assert.ok(hatched);
  const marks = Array.from({ length: 8 }, (_, row) => hatched[row * box.columns]);
  assert.deepEqual(marks, [0, 0, 0, 0, 0, 0, 0, 1]);
  assert.equal(hatched[7], 1);
  const padded = plane(withControl(EXAMPLE, 'padding', 'both', 1), 'input');
  assert.equal(padded.hatched?.[9 * 10], 1);
  assert.equal(padded.hatched?.[8 * 10], 0);
  assert.equal(plane(withControl(EXAMPLE, 'stride', 'both', 1), 'input').hatched, null);
});

test('the output grows frame by frame', () => {
  const { kinds } = plane(EXAMPLE, 'output', { frame: 3 });
  const { value, empty } = KIND;
  assert.deepEqual(Array.from(kinds), [
    value,
    value,
    value,
    value,
    empty,
    empty,
    empty,
    empty,
    empty,
  ]);
});

test('stamps add up to the output, and what none has touched is empty', () => {
  const small = withOperation(onInput(1, 3, 3), 'conv_transpose2d');
  const stride = withControl(small, 'stride', 'both', 3);
  const wide = withControl(stride, 'dilation', 'both', 1);
  const model = modelOf(wide, { see: { kind: 'stamp' } });
  const { output } = model.outcome;
  assert.equal(stampedSoFar(wide, 8, output), output);
  const half = stampedSoFar(wide, 0, output);
  assert.equal(half.data[0], output.data[0]);
  assert.equal(half.data.at(-1), 0);
  assert.ok(isReached(wide, 0, 2, 2));
  assert.ok(!isReached(wide, 0, 3, 0));
  assert.ok(isReached(wide, 3, 0, 8));
  assert.ok(isReached(wide, 3, 3, 1));
  assert.ok(!isReached(wide, 3, 3, 8));
  const { kinds } = plane(wide, 'output', { see: { kind: 'stamp' }, frame: 0 });
  assert.deepEqual([kinds[0], kinds.at(-1)], [KIND.value, KIND.empty]);
  const cannot = { ...wide, settings: { ...wide.settings, padding: 99 } };
  assert.equal(stampedSoFar(cannot, 0, output), output);
});

test('what padding takes away from an output is gone; what no stamp writes is hatched', () => {
  const small = withOperation(onInput(1, 2, 2), 'conv_transpose2d');
  const cut = withControl(small, 'padding', 'both', 1);
  assert.equal(plane(cut, 'output').rows[0][0], KIND.gone);
  const one = withControl(withControl(small, 'kernel_size', 'both', 1), 'stride', 'both', 2);
  const { hatched } = plane(one, 'output');
  assert.deepEqual(Array.from(hatched ?? []), [0, 1, 0, 1, 1, 1, 0, 1, 0]);
  assert.ok(isReached(one, 0, 1, 1));
});

test('beside each input stands the kernel of a filter of its own group', () => {
  const four = withOutChannels(withInChannels(EXAMPLE, 4), 8);
  const grouped = withGroups(four, 2);
  assert.deepEqual(
    [0, 1, 2, 3].map((channel) => shownFilter(grouped, channel, 5)),
    [1, 1, 5, 5],
  );
  const { values } = plane(grouped, 'kernel', { filter: 5 }, 3);
  const area = 9;
  const start = (5 * 2 + 1) * area;
  assert.deepEqual(
    Array.from(values),
    Array.from(grouped.weight.data.subarray(start, start + area)),
  );
});

test('with gradients every plane has its own beside it', () => {
  const other = { see: BACKWARD };
  const { values } = plane(EXAMPLE, 'output_gradient', other);
  assert.ok(values.every((value) => value === 1));
  const model = modelOf(EXAMPLE, other);
  assert.deepEqual(plane(EXAMPLE, 'input_gradient', other).values, model.gradients?.input.data);
  assert.deepEqual(plane(EXAMPLE, 'kernel_gradient', other).values, model.gradients?.weight?.data);
  const late = { see: BACKWARD, gradients: null };
  for (const role of /** @type {const} */ (['input_gradient', 'kernel_gradient'])) {
    assert.ok(plane(EXAMPLE, role, late).kinds.every((kind) => kind === KIND.empty));
  }
  assert.equal(stationsOf(withOperation(EXAMPLE, 'max'), BACKWARD).length, 3);
});

test('a pooling lifts the explained window out of the input', () => {
  const pool = {
    ...withOperation(EXAMPLE, 'max'),
    settings: { kernel_size: [2, 2], stride: [2, 2], padding: 1 },
  };
  const spot = /** @type {const} */ ({ side: 'output', channel: 0, row: 1, column: 1 });
  assert.deepEqual(
    Array.from(plane(pool, 'window', { spot }).values),
    [9, 10, 17, 18].map((at) => EXAMPLE.input.data[at]),
  );
  const corner = plane(pool, 'window', { spot: { ...spot, row: 0, column: 0 } });
  assert.deepEqual(Array.from(corner.kinds), [
    KIND.uncounted,
    KIND.uncounted,
    KIND.uncounted,
    KIND.value,
  ]);
  const pixel = plane(pool, 'window', { spot: { side: 'input', channel: 0, row: 1, column: 1 } });
  assert.equal(pixel.values[0], EXAMPLE.input.data[9]);
  assert.ok(plane(pool, 'window').kinds.every((kind) => kind === KIND.beyond));
  const nobody = {
    ...withOperation(EXAMPLE, 'max'),
    settings: { kernel_size: [2, 2], stride: [3, 3] },
  };
  const alone = plane(nobody, 'window', { spot: { side: 'input', channel: 0, row: 2, column: 2 } });
  assert.ok(alone.kinds.every((kind) => kind === KIND.beyond));
  const adaptive = withSettings(withOperation(EXAMPLE, 'adaptive_average'), {
    output_size: [3, 5],
  });
  assert.ok(plane(adaptive, 'input').kinds.every((kind) => kind === KIND.value));
  const uneven = plane(adaptive, 'window', {
    spot: { side: 'output', channel: 0, row: 0, column: 0 },
  });
  assert.equal(uneven.kinds.at(-1), KIND.beyond);
  const average = { ...pool, operation: /** @type {const} */ ('average') };
  const zeros = plane(average, 'window', { spot: { ...spot, row: 0, column: 0 } });
  assert.equal(zeros.kinds[0], KIND.zero);
  assert.equal(stationsOf(withOperation(EXAMPLE, 'global_max'), FORWARD).length, 2);
});

test('the height of the stage follows from its width and its planes alone', () => {
  const one = stationsOf(EXAMPLE, FORWARD);
  assert.equal(stageHeight(one, 844, 900), 422);
  assert.equal(
    stageHeight(stationsOf(withControl(EXAMPLE, 'stride', 'both', 1), FORWARD), 844, 900),
    422,
  );
  assert.equal(stageHeight(stationsOf(EXAMPLE, BACKWARD), 844, 900), 591);
  assert.equal(stageHeight(stationsOf(EXAMPLE, BACKWARD), 844, 600), 400);
  assert.equal(stageHeight(one, 844, 400), 320);
  assert.equal(stageHeight(one, 358, 844), 487);
  assert.equal(stageHeight(stationsOf(withInChannels(EXAMPLE, 3), FORWARD), 358, 844), 609);
});

test('a box is scrolled into view, and no further', () => {
  const view = { left: 100, top: 100, right: 300, bottom: 200 };
  const box = { left: 120, top: 120, right: 150, bottom: 150 };
  assert.deepEqual(wayInto(box, view, 8), [0, 0]);
  assert.deepEqual(wayInto(moved(box, 200, -60), view, 8), [58, -48]);
});
