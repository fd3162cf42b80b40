import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  covered,
  fillOf,
  imageOf,
  movedPatch,
  placedPatch,
} from '../../../../static/js/core/attribution/picture.js';

const normalization = { mean: [0.5, 0.25], std: [0.5, 0.25] };

test('an image is what it was before it was normalized, within 0 and 1', () => {
  const normalized = { shape: [2, 1, 2], data: Float32Array.of(1, -1, 3.0001, -1.0001) };
  const { shape, data } = imageOf(normalized, normalization);
  assert.deepEqual(shape, [2, 1, 2]);
  assert.deepEqual(Array.from(data), [1, 0, 1, 0]);
});

test('a patch lies within the picture, in its middle until it is moved', () => {
  assert.deepEqual(placedPatch({}, [1, 28, 28]), { row: 11, column: 11, side: 7, fill: 'zero' });
  const wide = placedPatch({ row: -4, column: 90, side: 10, fill: 'mean' }, [3, 20, 40]);
  assert.deepEqual(wide, { row: 0, column: 30, side: 10, fill: 'mean' });
  assert.equal(placedPatch({ side: 99 }, [1, 8, 6]).side, 6);
  assert.equal(placedPatch({ side: 0 }, [1, 8, 6]).side, 1);
});

test('a patch keeps its middle when its size changes, and stays within the picture', () => {
  const patch = placedPatch({ row: 10, column: 0, side: 7 }, [1, 28, 28]);
  const larger = movedPatch(patch, { side: 11 }, [1, 28, 28]);
  assert.deepEqual(larger, { row: 8, column: 0, side: 11, fill: 'zero' });
  assert.deepEqual(movedPatch(larger, { side: 7 }, [1, 28, 28]), {
    ...patch,
    column: 2,
  });
  assert.deepEqual(movedPatch(patch, { row: 3.4, column: 50 }, [1, 28, 28]), {
    ...patch,
    row: 3,
    column: 21,
  });
});

test('it covers every channel with its own value and nothing beside it', () => {
  const image = { shape: [2, 3, 3], data: new Float32Array(18).fill(1) };
  const patch = placedPatch({ row: 1, column: 0, side: 2, fill: 'mean' }, image.shape);
  const { data } = covered(image, patch, fillOf(patch, normalization));
  assert.deepEqual(Array.from(data.slice(0, 9)), [1, 1, 1, 0.5, 0.5, 1, 0.5, 0.5, 1]);
  assert.deepEqual(Array.from(data.slice(9)), [1, 1, 1, 0.25, 0.25, 1, 0.25, 0.25, 1]);
  assert.deepEqual(Array.from(image.data), new Array(18).fill(1), 'the image stays');
  assert.deepEqual(fillOf(placedPatch({}, image.shape), normalization), [0, 0]);
});
