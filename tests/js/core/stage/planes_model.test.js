import assert from 'node:assert/strict';
import { test } from 'node:test';

import { EXAMPLE, withOperation } from '../../../../static/js/core/experiment/experiment.js';
import { isSamePlace } from '../../../../static/js/core/stage/place.js';
import { planesModel } from '../../../../static/js/core/stage/planes_model.js';

/** @type {import('../../../../static/js/core/stage/planes_model.js').Look} */
const LOOK = { see: { kind: 'forward' }, spot: null, frame: 3, filter: 2 };

/** @type {import('../../../../static/js/core/stage/place.js').Place} */
const KERNEL = { side: 'kernel', channel: 0, row: 1, column: 2, filter: 1 };

test('the filter is that of what is explained, where it has one', () => {
  const filterAt = (/** @type {typeof LOOK.spot} */ spot) =>
    planesModel(EXAMPLE, { ...LOOK, spot })?.filter;
  assert.equal(filterAt(null), 2);
  assert.equal(filterAt({ side: 'input', channel: 0, row: 0, column: 0 }), 2);
  assert.equal(filterAt({ side: 'output', channel: 5, row: 0, column: 0 }), 5);
  assert.equal(filterAt(KERNEL), 1);
});

test('gradients stand still, and are there in their view alone', () => {
  assert.deepEqual(
    [planesModel(EXAMPLE, LOOK)?.frame, planesModel(EXAMPLE, LOOK)?.gradients],
    [3, null],
  );
  const backward = planesModel(EXAMPLE, { ...LOOK, see: { kind: 'backward' } });
  assert.equal(backward?.frame, Infinity);
  assert.deepEqual(backward?.gradients?.input.shape, [1, 8, 8]);
});

test('there is none of what cannot be computed', () => {
  const tiny = { shape: [1, 1, 1], data: Float64Array.of(1) };
  assert.equal(planesModel({ ...withOperation(EXAMPLE, 'max'), input: tiny }, LOOK), null);
});

test('two places are the same where all that says where they are is', () => {
  assert.ok(isSamePlace(KERNEL, { ...KERNEL }));
  assert.ok(!isSamePlace(KERNEL, { ...KERNEL, filter: 2 }));
  assert.ok(isSamePlace(null, null));
  assert.ok(!isSamePlace(KERNEL, null) && !isSamePlace(null, KERNEL));
});
