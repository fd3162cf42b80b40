import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  classText,
  emptySet,
  firstOfEach,
  newTitle,
  shortageOf,
  sizeText,
} from '../../../../static/js/core/training/data_set.js';

test('a data set says how much there is in it', () => {
  const classes = ['cat', 'dog'];
  const shipped = { own: false, train: 60_000, test: 10_000, classes };
  // Of one that is not here yet the classes are not counted.
  assert.equal(sizeText({ ...shipped, counts: {} }), '60,000 + 10,000, 2 classes');
  assert.equal(
    sizeText({ ...shipped, counts: { cat: 25_000, dog: 35_000 } }),
    '60,000 + 10,000, 2 classes of 25,000 to 35,000',
  );
  assert.equal(
    sizeText({ ...shipped, counts: { cat: 30_000, dog: 30_000 } }),
    '60,000 + 10,000, 2 classes of 30,000',
  );
  const own = { own: true, train: 1, test: 0, classes: ['cat'], counts: { cat: 1 } };
  assert.equal(sizeText(own), '1 picture, 1 label');
  assert.equal(sizeText({ ...own, train: 1200, classes }), '1,200 pictures, 2 labels');
  assert.equal(classText(own, 'cat'), 'cat: 1 picture');
});

test('what a set of one’s own lacks is said before anything is begun', () => {
  const set = { own: true, title: 'Doodles', classes: /** @type {string[]} */ ([]), counts: {} };
  assert.match(String(shortageOf(set)), /^Doodles has 0 of the 2 labels .* as many under another/);
  const one = { ...set, classes: ['cat'], counts: { cat: 9 } };
  assert.match(String(shortageOf(one)), /has 1 of the 2 labels .* pictures under another/);
  const few = { ...set, classes: ['cat', 'dog'], counts: { cat: 9, dog: 3 } };
  assert.equal(
    shortageOf(few),
    '“dog” has 3 of the 5 pictures that a label needs at least: collect 2 more.',
  );
  assert.equal(shortageOf({ ...few, counts: { cat: 5, dog: 5 } }), null);
  assert.equal(shortageOf({ ...set, own: false }), null);
});

test('a title that is taken is numbered', () => {
  assert.equal(newTitle('Doodles', []), 'Doodles');
  assert.equal(newTitle('Doodles', ['Doodles', 'Doodles 3']), 'Doodles 2');
  assert.equal(newTitle('Doodles 2', ['Doodles', 'Doodles 2']), 'Doodles 3');
  const long = 'x'.repeat(60);
  assert.equal(newTitle(long, [long]), `${'x'.repeat(58)} 2`);
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

test('an empty set of one’s own is found again, and never one that holds something', () => {
  const drawings = /** @type {const} */ ({ own: true, kind: 'drawings', classes: [] });
  const photographs = /** @type {const} */ ({ own: true, kind: 'photographs', classes: [] });
  const full = /** @type {const} */ ({ own: true, kind: 'drawings', classes: ['cat'] });
  const shipped = /** @type {const} */ ({ own: false, kind: 'drawings', classes: [] });
  assert.equal(emptySet([shipped, full, photographs, drawings], 'drawings'), drawings);
  assert.equal(emptySet([shipped, full, drawings, photographs], 'photographs'), photographs);
  assert.equal(emptySet([shipped, full, photographs], 'drawings'), undefined);
});
