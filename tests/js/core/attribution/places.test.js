import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  METHODS,
  layersWithPlaces,
  methodNamed,
} from '../../../../static/js/core/attribution/methods.js';
import { placesOf, rangeOf, sameSpot } from '../../../../static/js/core/attribution/places.js';
import { toldOf } from '../../../../static/js/core/attribution/words.js';
import { withMaps } from '../../../../static/js/core/graph.js';

const tensor = { shape: [2, 2, 2], data: Float32Array.of(1, -2, 0, 4, 3, -5, 0, 1) };

test('a pixel has the largest of its channels, their sum, or what they share', () => {
  const values = (/** @type {'largest' | 'sum' | 'alike'} */ channels) =>
    Array.from(placesOf(tensor, channels).values);
  assert.deepEqual(values('largest'), [3, -2, 0, 4]);
  assert.deepEqual(values('sum'), [4, -7, 0, 5]);
  assert.deepEqual(values('alike'), [1, -2, 0, 4]);
  assert.deepEqual(Array.from(tensor.data.slice(0, 4)), [1, -2, 0, 4], 'the answer stays');
});

test('the map of a layer has a value a place, a single value is a map of one', () => {
  const places = placesOf({ shape: [1, 3], data: Float32Array.of(1, 2, 3) }, 'alike');
  assert.deepEqual([places.rows, places.columns], [1, 3]);
  const { rows, columns } = placesOf({ shape: [], data: Float32Array.of(7) }, 'sum');
  assert.deepEqual([rows, columns], [1, 1]);
});

test('the full colour begins at the largest, or where one pixel in a hundred has more', () => {
  const values = Float32Array.from({ length: 200 }, (_, i) => (i === 150 ? -9 : i / 200));
  const places = { rows: 10, columns: 20, values };
  const spiky = rangeOf(places, true);
  assert.equal(spiky.largest, 9);
  assert.deepEqual(spiky.strongest, { row: 7, column: 10 });
  assert.equal(values.filter((value) => Math.abs(value) > spiky.limit).length, 2);
  assert.equal(rangeOf(places, false).limit, 9);
});

test('where all but a few are zero, the largest has the full colour', () => {
  const values = new Float32Array(100);
  values[42] = 3;
  assert.equal(rangeOf({ rows: 10, columns: 10, values }, true).limit, 3);
  const empty = { rows: 2, columns: 2, values: new Float32Array(4) };
  assert.deepEqual(rangeOf(empty, true), {
    limit: 0,
    largest: 0,
    strongest: { row: 0, column: 0 },
  });
});

test('the same spot of another map over the same picture', () => {
  const [fine, coarse] = [28, 7].map((side) => ({
    rows: side,
    columns: side,
    values: new Float32Array(side * side),
  }));
  assert.deepEqual(sameSpot({ row: 9, column: 27 }, fine, coarse), { row: 2, column: 6 });
  assert.deepEqual(sameSpot({ row: 2, column: 6 }, coarse, fine), { row: 10, column: 26 });
});

test('a layer is looked at where the network gives it three axes, and the input is none', () => {
  const shapes = {
    input: [3, 8, 8],
    conv: [4, 8, 8],
    column: [4, 8, 1],
    tokens: [8, 4],
    mean: [4],
  };
  const layers = Object.entries(shapes).map(([name, output_shape], place) => ({
    ...{ name, output_shape, input_shape: [3, 8, 8], input_shapes: [] },
    inputs: place ? ['input'] : [],
  }));
  const outline = withMaps(/** @type {any} */ ({ layers }));
  assert.deepEqual(outline.layers[3].output_shape, [8, 4, 1]);
  const names = layersWithPlaces(outline.layers).map(({ name }) => name);
  assert.deepEqual(names, ['conv', 'column']);
});

test('every method is known by its name, and says what it shows and what it does not', () => {
  const told = toldOf({ index: 0, label: '0' }, null);
  for (const method of METHODS) {
    assert.equal(methodNamed(method.name), method);
    assert.match(method.shows(told), /^Shows /);
    assert.match(method.hides(told), /^Does not show /);
  }
  assert.equal(methodNamed('guess'), undefined);
});
