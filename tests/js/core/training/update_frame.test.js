import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  ALL_SECONDS,
  PHASES,
  endOf,
  frameAt,
  phaseAt,
} from '../../../../static/js/core/training/update_frame.js';

const LEARNING = [true, false, true];

test('a phase takes a second and a quarter, and its end belongs to it', () => {
  assert.equal(ALL_SECONDS, 5);
  assert.deepEqual([0, 0.1, 1.25, 1.26, 2.5, 3.75, 5, 9].map(phaseAt), [0, 0, 0, 1, 1, 2, 3, 3]);
  PHASES.forEach((phase, index) => {
    const frame = frameAt(endOf(index), LEARNING, false);
    assert.deepEqual([frame.phase, frame.index, frame.share], [phase, index, 1]);
  });
});

test('layers are passed first to last, then last to first, and those that learn take the step', () => {
  const at = (/** @type {number} */ seconds) => frameAt(seconds, LEARNING, false).layers;
  assert.deepEqual(at(0), ['is-lit', '', '']);
  assert.deepEqual(at(0.4), ['is-passed', 'is-lit', '']);
  assert.deepEqual(at(1.25), ['is-passed', 'is-passed', 'is-passed']);
  assert.deepEqual(at(2), ['is-passed', 'is-passed', 'is-passed']);
  assert.deepEqual(at(2.6), ['', '', 'is-lit']);
  assert.deepEqual(at(3), ['', 'is-lit', 'is-passed']);
  assert.deepEqual(at(4), ['is-lit', 'is-passed', 'is-lit']);
  assert.deepEqual(
    [1, 2, 3, 4].map((seconds) => frameAt(seconds, LEARNING, false).isLossLit),
    [false, true, false, false],
  );
});

test('with less motion each phase stands at its end at once', () => {
  assert.deepEqual(frameAt(0.1, LEARNING, true).layers, ['is-passed', 'is-passed', 'is-passed']);
  assert.equal(frameAt(2.6, LEARNING, true).share, 1);
});
