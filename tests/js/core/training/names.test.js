import assert from 'node:assert/strict';
import { test } from 'node:test';

import { datasetText } from '../../../../static/js/core/training/names.js';

test("a data set is called by its title, one's own that is gone by its name", () => {
  const cards = [{ name: 'own:my-drawings', title: 'Rings and crosses' }];
  assert.equal(datasetText('mnist', cards), 'MNIST');
  assert.equal(datasetText('own:my-drawings', cards), 'Rings and crosses');
  assert.equal(datasetText('own:gone', cards), 'gone');
  assert.equal(datasetText('own:gone', null), 'gone');
});
