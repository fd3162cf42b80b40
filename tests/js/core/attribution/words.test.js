import assert from 'node:assert/strict';
import { test } from 'node:test';

import { METHODS } from '../../../../static/js/core/attribution/methods.js';
import {
  askedText,
  likenessText,
  movedText,
  placeText,
  remainderText,
  resolutionText,
  scoreText,
  toldOf,
} from '../../../../static/js/core/attribution/words.js';

const [seven, one] = [
  { index: 7, label: '7' },
  { index: 1, label: '1' },
];

test('what is asked names the class, and the one it is compared with', () => {
  assert.equal(askedText(seven, null), 'Why 7');
  assert.equal(askedText(seven, one), 'Why 7 and not 1');
  assert.equal(askedText(undefined, undefined), 'Why this');
  assert.equal(scoreText(seven, null), 'the logit of 7');
  assert.equal(scoreText(seven, one), 'the logit of 7 less that of 1');
});

test('every method tells what is explained: the answer, or the difference of two', () => {
  const [alone, beside] = [toldOf(seven, null), toldOf(seven, one)];
  for (const { name, shows, hides } of METHODS) {
    const [single, both] = [alone, beside].map((told) => `${shows(told)} ${hides(told)}`);
    assert.match(single, /the answer/, name);
    assert.doesNotMatch(both, /the answer|the class/, name);
    assert.match(both, /the difference of the two logits/, name);
  }
  assert.match(METHODS[0].hides(alone), /speaks for or against the class,/);
  assert.match(METHODS[0].hides(beside), /speaks for 7 or for 1,/);
  assert.match(METHODS[1].shows(beside), /speak for 7 rather than 1,/);
  assert.match(METHODS[1].hides(beside), /speaks for 1 rather than 7\.$/);
});

test('a place is told in figures, and of a map of zeros no share', () => {
  const places = { rows: 1, columns: 2, values: Float32Array.of(0.5, -0.25) };
  assert.equal(
    placeText(places, { row: 0, column: 1 }, 0.5),
    'row 0, column 1: −0.2500, 50.0\u00a0% of the largest',
  );
  const empty = { rows: 1, columns: 1, values: new Float32Array(1) };
  assert.equal(placeText(empty, { row: 0, column: 0 }, 0), 'row 0, column 0: 0');
});

test('the size of a map is told beside that of the picture', () => {
  const map = (/** @type {number} */ rows, columns = rows) => ({
    rows,
    columns,
    values: new Float32Array(rows * columns),
  });
  assert.equal(
    resolutionText(map(28), [1, 28, 28], 'its value'),
    '28×28 pixels, each with its value',
  );
  assert.match(resolutionText(map(14), [1, 28, 28], ''), /^14×14 .* 28×28 .* 2 pixels wide$/);
  assert.match(resolutionText(map(4, 3), [3, 16, 16], ''), / 4×5\.33 pixels wide$/);
});

test('what the steps leave is told as a number and a share', () => {
  const complete = { total: 9.9, score: 8, score_of_paper: -2, difference: 10 };
  assert.equal(remainderText(complete), 'The steps leave 0.100 of it, 1.0\u00a0%.');
  assert.match(
    remainderText({ ...complete, total: 94.9 * 0.1, difference: 10 }),
    /5\.1\u00a0%\. That is more than a/,
  );
  assert.doesNotMatch(remainderText({ ...complete, total: 9.51, difference: 10 }), /rough/);
  assert.equal(remainderText({ ...complete, total: 0, difference: 0 }), 'The steps leave 0 of it.');
});

test('how alike two maps are, and what it says', () => {
  assert.match(likenessText(null), /no order to compare/);
  assert.match(likenessText(0.91), /^Rank correlation 0\.91: .* hardly notices/);
  assert.match(likenessText(-0.1), /^Rank correlation −0\.10: .* notices what was unlearned/);
});

test('by how much a probability moves', () => {
  assert.equal(movedText(0.9, 0.4), 'falls by 50.0 points');
  assert.equal(movedText(0.4, 0.9), 'rises by 50.0 points');
  assert.equal(movedText(0.99999, 1), 'stays as it was');
});
