import assert from 'node:assert/strict';
import test from 'node:test';

import { placeBeside } from '../../../../static/js/core/stage/label_position.js';

const VIEW = { left: 0, top: 50, right: 1000, bottom: 800 };
const LABEL = { width: 300, height: 100 };

/** @param {number} left @param {number} top @param {number} width @param {number} height */
const box = (left, top, width, height) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

test('a label stands below and right of its cell where nothing is in the way', () => {
  const place = placeBeside(box(400, 300, 40, 40), { answers: [], beside: [] }, LABEL, VIEW);
  assert.deepEqual(place, { left: 454, top: 354 });
});

/** @param {{left: number, top: number}} at @param {ReturnType<typeof box>} other */
function doesHide({ left, top }, other) {
  const across = left < other.right && left + LABEL.width > other.left;
  return across && top < other.bottom && top + LABEL.height > other.top;
}

test('a label keeps off its cell and what answers it', () => {
  const [cell, answer] = [box(400, 300, 40, 40), box(460, 280, 200, 300)];
  const place = placeBeside(cell, { answers: [answer], beside: [] }, LABEL, VIEW);
  assert.ok(!doesHide(place, answer) && !doesHide(place, cell));
});

test('a label covers words beside rather than an answer, and none of both where it can', () => {
  const [cell, words] = [box(400, 300, 40, 40), box(440, 350, 400, 120)];
  const free = placeBeside(cell, { answers: [], beside: [words] }, LABEL, VIEW);
  assert.ok(!doesHide(free, words) && !doesHide(free, cell));
  const answers = [box(0, 50, 1000, 250), box(0, 470, 1000, 330)];
  const place = placeBeside(cell, { answers, beside: [box(0, 345, 1000, 120)] }, LABEL, VIEW);
  assert.ok(answers.every((answer) => !doesHide(place, answer)));
});

test('a label hides much of what is beside rather than a little of what is to be seen', () => {
  const [cell, plane] = [box(500, 200, 40, 40), box(420, 120, 200, 120)];
  const controls = box(0, 340, 1000, 20);
  const beside = [box(0, 240, 420, 100), box(0, 360, 1000, 440)];
  const view = { ...VIEW, right: 700 };
  const place = placeBeside(cell, { answers: [plane, controls], beside }, LABEL, view);
  assert.ok(!doesHide(place, plane) && !doesHide(place, controls));
});

test('while the pointer walks a label stays where it hides hardly more', () => {
  const around = { answers: [], beside: [] };
  const before = placeBeside(box(400, 300, 40, 40), around, LABEL, VIEW);
  const next = box(440, 300, 40, 40);
  assert.deepEqual(placeBeside(next, around, LABEL, VIEW, before), before);
  const covered = { answers: [box(before.left, before.top, 200, 80)], beside: [] };
  assert.notDeepEqual(placeBeside(next, covered, LABEL, VIEW, before), before);
});

test('a label stays in view, and begins where it begins even if it is too large', () => {
  const corner = placeBeside(box(980, 780, 20, 20), { answers: [], beside: [] }, LABEL, VIEW);
  assert.ok(corner.left >= 0 && corner.left + 300 <= 1000 && corner.top + 100 <= 800);
  const large = { width: 2000, height: 900 };
  const place = placeBeside(box(400, 300, 40, 40), { answers: [], beside: [] }, large, VIEW);
  assert.deepEqual(place, { left: 0, top: 50 });
});
