import assert from 'node:assert/strict';
import test from 'node:test';

import {
  EXAMPLE,
  withInput,
  withOperation,
  withOutChannels,
} from '../../../../static/js/core/experiment/experiment.js';
import {
  frameCount,
  frameOfPlace,
  isThere,
  placeOfFrame,
  seeKindsOf,
} from '../../../../static/js/core/stage/place.js';
import { frameAt, framesPerSecond, isOver } from '../../../../static/js/core/stage/playback.js';
import { numbers } from '../made.js';

/** @typedef {import('../../../../static/js/core/stage/place.js').Place} Place */

const playing = { frame: 2, isPlaying: true, speed: 1 };

test('the frame is a function of the time', () => {
  const frames = [0, 0.4, 0.5, 1, 3, 99].map((seconds) => frameAt(playing, seconds, 9));
  assert.deepEqual(frames, [2, 2, 3, 4, 8, 8]);
  assert.equal(frameAt({ ...playing, speed: 4 }, 0.5, 9), 6);
  assert.equal(frameAt(playing, -1, 9), 2);
});

test('at rest it stands where it is, as far as there are frames', () => {
  const rest = { ...playing, isPlaying: false };
  assert.equal(frameAt(rest, 99, 9), 2);
  assert.equal(frameAt({ ...rest, frame: 99 }, 0, 9), 8);
  assert.equal(frameAt({ ...rest, frame: -5 }, 0, 9), 0);
  assert.equal(frameAt(rest, 0, 0), 0);
});

test('many frames follow one another faster, so that no playing is endless', () => {
  assert.equal(framesPerSecond(1, 9), 2);
  assert.equal(framesPerSecond(2, 9), 4);
  assert.equal(framesPerSecond(1, 4000), 200);
});

test('the last frame has its time too', () => {
  assert.equal(isOver({ ...playing, frame: 0 }, 4.4, 9), false);
  assert.equal(isOver({ ...playing, frame: 0 }, 4.5, 9), true);
  assert.equal(isOver(playing, 0, 0), true);
});

test('a frame is an output cell, or of a transposed convolution that stamps an input cell', () => {
  const see = /** @type {const} */ ({ kind: 'forward' });
  assert.equal(frameCount(EXAMPLE, see), 9);
  assert.deepEqual(placeOfFrame(EXAMPLE, see, 5, 3), {
    side: 'output',
    channel: 3,
    row: 1,
    column: 2,
  });
  const spread = withOperation(EXAMPLE, 'conv_transpose2d');
  assert.equal(frameCount(spread, { kind: 'stamp' }), 64);
  assert.equal(frameCount(spread, { kind: 'gather' }), 17 * 17);
  assert.deepEqual(placeOfFrame(spread, { kind: 'stamp' }, 9, 3), {
    side: 'input',
    channel: 0,
    row: 1,
    column: 1,
  });
  const refused = withInput(EXAMPLE, numbers(1, 2, 2));
  assert.equal(frameCount(refused, see), 0);
  assert.equal(placeOfFrame(refused, see, 0, 0), null);
});

test('a place knows the frame it is made in', () => {
  const place = /** @type {Place} */ ({ side: 'output', channel: 0, row: 1, column: 2 });
  assert.equal(frameOfPlace(EXAMPLE, { kind: 'forward' }, place), 5);
  assert.equal(frameOfPlace(EXAMPLE, { kind: 'forward' }, { ...place, side: 'input' }), null);
  const spread = withOperation(EXAMPLE, 'conv_transpose2d');
  assert.equal(frameOfPlace(spread, { kind: 'stamp' }, { ...place, side: 'input' }), 10);
  assert.equal(frameOfPlace(spread, { kind: 'stamp' }, place), null);
});

test('a place is there as long as its picture reaches so far', () => {
  const two = withOutChannels(EXAMPLE, 2);
  /** @type {[Place['side'], number, number, number, number, boolean][]} */
  const cases = [
    ['input', 0, 7, 7, 0, true],
    ['input', 1, 0, 0, 0, false],
    ['input', 0, 8, 0, 0, false],
    ['input', 0, -1, 0, 0, false],
    ['output', 1, 2, 2, 0, true],
    ['output', 1, 3, 2, 0, false],
    ['kernel', 0, 2, 2, 1, true],
    ['kernel', 0, 2, 2, 2, false],
    ['kernel', 0, 2, 2, -1, false],
    ['kernel', 0, 3, 2, 0, false],
  ];
  for (const [side, channel, row, column, filter, wanted] of cases) {
    assert.equal(isThere(two, { side, channel, row, column, filter }), wanted, side);
  }
  assert.ok(isThere(two, { side: 'kernel', channel: 0, row: 0, column: 0 }));
  const refused = withInput(EXAMPLE, numbers(1, 2, 2));
  assert.equal(isThere(refused, { side: 'output', channel: 0, row: 0, column: 0 }), false);
});

test('each operation has its views', () => {
  assert.deepEqual(seeKindsOf('conv2d'), ['forward', 'backward', 'compare', 'image']);
  assert.equal(seeKindsOf('conv_transpose2d')[0], 'stamp');
  assert.deepEqual(seeKindsOf('lp'), ['forward', 'backward', 'compare']);
});
