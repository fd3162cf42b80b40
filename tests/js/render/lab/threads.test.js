import assert from 'node:assert/strict';
import test from 'node:test';

import { withControl } from '../../../../static/js/core/experiment/experiment.js';
import { boardOf } from '../../../../static/js/core/stage/board.js';
import { linked } from '../../../../static/js/core/stage/highlight.js';
import { stationsOf } from '../../../../static/js/core/stage/stations.js';
import { drawFeeds } from '../../../../static/js/render/lab/threads.js';
import { onInput } from '../../core/made.js';

const FORWARD = /** @type {const} */ ({ kind: 'forward' });

test('from left to right every line from plane to plane stays between the two', () => {
  const experiment = withControl(onInput(8, 64, 64), 'kernel_size', 'both', 11);
  const board = boardOf(stationsOf(experiment, FORWARD), 840, 420);
  assert.equal(board.flow, 'from left');
  /** @type {number[][]} */
  const lines = [];
  let start = [0, 0];
  const context = /** @type {any} */ ({
    beginPath() {},
    stroke() {},
    moveTo: (/** @type {number} */ x, /** @type {number} */ y) => (start = [x, y]),
    bezierCurveTo: (/** @type {number[]} */ ...points) => lines.push([...start, ...points]),
  });
  const links = linked(experiment, FORWARD, { side: 'output', channel: 0, row: 0, column: 0 });
  const canvas = {
    context,
    board,
    painted: /** @type {any} */ (null),
    theme: /** @type {any} */ ({}),
  };
  drawFeeds(canvas, links, 'output');
  assert.equal(lines.length, 16);
  const edges = (/** @type {string} */ role) => {
    const own = board.boxes.filter((box) => box.role === role);
    return [own[0].x, own[0].x + own[0].width];
  };
  const gaps = [
    [edges('input')[1], edges('kernel')[0]],
    [edges('kernel')[1], edges('output')[0]],
  ];
  for (const points of lines) {
    const across = points.filter((_, at) => at % 2 === 0);
    assert.ok(gaps.some(([left, right]) => across.every((x) => left < x && x < right)));
  }
});
