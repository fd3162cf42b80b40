import assert from 'node:assert/strict';
import test from 'node:test';

import { withControl, withInput } from '../../../../static/js/core/experiment/experiment.js';
import { pattern } from '../../../../static/js/core/input/patterns.js';
import { boardOf } from '../../../../static/js/core/stage/board.js';
import { stationsOf } from '../../../../static/js/core/stage/stations.js';
import { onInput } from '../made.js';
import { EXAMPLE } from './cases.js';

const FORWARD = { kind: 'forward' };

/** @param {import('../../../../static/js/core/experiment/experiment.js').Experiment} experiment */
const boardFor = (experiment) => boardOf(stationsOf(experiment, FORWARD), 840, 420);

test('an output too small to be read is enlarged within the room that is kept for it', () => {
  const wide = withControl(onInput(8, 64, 64), 'kernel_size', 'both', 11);
  const [output] = boardFor(wide).boxes.filter(({ role }) => role === 'output');
  assert.deepEqual([output.rows, output.cell, output.width], [27, 2, 54]);
  const one = withInput(EXAMPLE, pattern('glyph', 64, 64, 1) ?? EXAMPLE.input);
  for (const [stride, enlarged] of [
    [1, false],
    [8, true],
  ]) {
    const board = boardFor(withControl(one, 'stride', 'both', Number(stride)));
    const [input, , made] = board.boxes;
    assert.equal(made.cell > input.cell, enlarged);
    assert.ok(made.width <= Math.max(84, made.columns * input.cell));
    assert.ok(made.width <= input.width && made.height <= input.height);
    assert.equal(input.cell, board.cell);
  }
});

test('cells that can be read are of one size', () => {
  const { boxes, cell } = boardFor(EXAMPLE);
  assert.ok(boxes.every((box) => box.cell === cell));
});
