import assert from 'node:assert/strict';
import { test } from 'node:test';

import { firstOfEach, sizeText } from '../../../../static/js/core/training/data_set.js';

test('a data set says how much there is in it', () => {
  const classes = ['cat', 'dog'];
  assert.equal(
    sizeText({ own: false, train: 60_000, test: 10_000, classes }),
    '60,000 + 10,000, 2 classes',
  );
  assert.equal(sizeText({ own: true, train: 1, test: 0, classes: ['cat'] }), '1 picture, 1 label');
  assert.equal(sizeText({ own: true, train: 1200, test: 0, classes }), '1,200 pictures, 2 labels');
});

test('one picture of each class is shown, as many as there is room for', () => {
  const picture = {
    rows: 1,
    columns: 1,
    values: new Float32Array(1),
    palette: /** @type {const} */ ('input'),
  };
  const samples = ['a', 'a', 'b', 'c', 'b'].map((label, index) => ({ label, index, picture }));
  assert.deepEqual(
    firstOfEach(samples, 2).map(({ index }) => index),
    [0, 2],
  );
});
