import assert from 'node:assert/strict';
import { test } from 'node:test';

import { frames, isColoured } from '../../../../static/js/core/drawing/filmstrip.js';

/**
 * @param {number[]} shape
 * @param {number[]} values  repeated to fill the shape
 */
function tensor(shape, values) {
  const size = shape.reduce((a, b) => a * b, 1);
  const data = Float32Array.from({ length: size }, (_, i) => values[i % values.length]);
  return { shape, data };
}

const white = tensor([1, 2, 2], [1]);

/**
 * @param {string} name
 * @param {import('../../../../static/js/core/tensor.js').Tensor} [image]
 */
const step = (name, image = white) => ({ name, detail: `${name}.`, image });

/** @param {ReturnType<typeof step>[]} steps */
const names = (steps) => frames(steps).map(({ name }) => name);

const ALWAYS = ['cropped', 'scaled', 'centred', 'normalized'];

test('a drawing shows the steps that can be switched and the last', () => {
  const steps = ['decoded', 'grey', ...ALWAYS].map((name) => step(name));
  assert.deepEqual(names(steps), ALWAYS);
  assert.equal(frames(steps)[0].step, steps[2]);
});

test('a step that was left out keeps its place', () => {
  const found = frames([step('normalized')]);
  assert.deepEqual(
    found.map(({ step: taken }) => taken?.name ?? null),
    [null, null, null, 'normalized'],
  );
});

test('an inverted image shows what it was before, a coloured one its colours', () => {
  const steps = [step('decoded'), step('grey'), step('inverted')];
  assert.deepEqual(names(steps), ['grey', 'inverted', ...ALWAYS]);
  const blue = step('decoded', tensor([3, 1, 1], [0.1, 0.1, 0.9]));
  assert.deepEqual(names([blue, step('grey')]), ['decoded', 'grey', ...ALWAYS]);
});

test('a border, an inversion and a piece stand where they are taken, behind the grey picture', () => {
  const steps = ['decoded', 'grey', 'border', 'inverted', 'piece'].map((name) => step(name));
  assert.deepEqual(names(steps), ['grey', 'border', 'inverted', 'piece', ...ALWAYS]);
  const alone = [step('decoded'), step('grey'), step('piece')];
  assert.deepEqual(names(alone), ['grey', 'piece', ...ALWAYS]);
});

test('a border that is left in keeps its place, so that it can be taken away again', () => {
  const steps = [step('decoded'), step('grey')];
  assert.deepEqual(
    frames(steps, false).map(({ name }) => name),
    ['border', ...ALWAYS],
  );
  assert.equal(frames(steps, false)[0].step, null);
});

test('colour is a visible difference of the channels', () => {
  assert.ok(!isColoured(tensor([1, 2, 2], [0, 1])));
  assert.ok(!isColoured(tensor([3, 2, 2], [0.5])));
  assert.ok(isColoured(tensor([3, 1, 1], [0.5, 0.6, 0.5])));
  assert.ok(isColoured(tensor([3, 1, 1], [0.5, 0.5, 0.6])));
});

test('what was altered stands before it is normalized', () => {
  const steps = [...ALWAYS, 'altered'].map((name) => step(name));
  assert.deepEqual(names(steps), ['cropped', 'scaled', 'centred', 'altered', 'normalized']);
});
