import assert from 'node:assert/strict';
import { test } from 'node:test';

import { measuresOf } from '../../../../static/js/core/attribution/measures.js';

const [seven, one] = [
  { index: 1, label: '7' },
  { index: 0, label: '1' },
];
const [before, after] = [
  { logits: [-1, 4.5], probabilities: [0.25, 0.75] },
  { logits: [2, 0.5], probabilities: [0.8, 0.2] },
];
const of = (
  /** @type {import('../../../../static/js/core/attribution/measures.js').Measure} */ one,
) => [before, after].map((outcome) => one.of(outcome));

test('of a class its probability is read, and its logit', () => {
  const [probability, logit] = measuresOf(seven, null);
  assert.deepEqual([probability.name, logit.name], ['probability', 'logit']);
  assert.deepEqual(of(probability), [0.75, 0.2]);
  assert.equal(probability.text(0.75), '75.0\u00a0%');
  assert.equal(probability.moved(0.75, 0.2), 'falls by 55.0 points');
  assert.deepEqual(probability.span([0.75, 0.2]), [0, 1]);
  assert.deepEqual(of(logit), [4.5, 0.5]);
});

test('of two classes the difference of their logits is read, and both', () => {
  const [difference, ...logits] = measuresOf(seven, one);
  assert.equal(difference.name, 'difference');
  assert.deepEqual(of(difference), [5.5, -1.5]);
  assert.equal(difference.text(5.5), '5.500');
  assert.equal(difference.moved(5.5, -1.5), 'falls by 7.00');
  assert.equal(difference.moved(-1.5, 5.5), 'rises by 7.00');
  assert.equal(difference.moved(2, 2), 'stays as it was');
  assert.deepEqual(difference.span([5.5, -1.5]), [-1.5, 5.5]);
  assert.deepEqual(difference.span([5.5, 1.5]), [0, 5.5]);
  assert.deepEqual(
    logits.map((logit) => [logit.name, ...of(logit)]),
    [
      ['the logit of 7', 4.5, 0.5],
      ['the logit of 1', -1, 2],
    ],
  );
});

test('a network that tells nothing of a class leaves it at 0', () => {
  const nothing = { logits: [], probabilities: [] };
  const read = (/** @type {typeof one | null} */ against) =>
    measuresOf(seven, against).map((measure) => measure.of(nothing));
  assert.deepEqual(read(null), [0, 0]);
  assert.deepEqual(read(one), [0, 0, 0]);
});
