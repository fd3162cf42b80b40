import assert from 'node:assert/strict';
import { test } from 'node:test';

import { beginnings } from '../../../../static/js/core/training/beginnings.js';
import {
  THIRD,
  USUAL_LAYERS,
  formulaText,
  layerGroups,
  layerLines,
  layersOf,
  macsText,
  withLayer,
} from '../../../../static/js/core/training/layer_controls.js';
import { USUAL_RECIPE, choiceAt } from '../../../../static/js/core/training/recipe.js';

const NONE = new Map();
const STEP = {
  input: 28,
  padding_before: 1,
  padding_after: 1,
  kernel_size: 3,
  stride: 2,
  output: 14,
};

test('every choice shows what the layers have, and one that is changed is in the recipe', () => {
  const groups = layerGroups(USUAL_RECIPE, NONE, new Set());
  assert.deepEqual(
    groups.map(({ name }) => name),
    ['conv1', 'conv2', 'pool', 'fc1'],
  );
  const whole = { ...USUAL_RECIPE, layers: USUAL_LAYERS };
  for (const row of groups.flatMap(({ rows }) => rows))
    assert.equal(row.value, choiceAt(whole, row.path));
  const layers = withLayer(USUAL_RECIPE, 'layers.conv1.channels', 8);
  assert.equal(layers?.conv1.channels, 8);
  assert.deepEqual(layers?.conv2, USUAL_LAYERS.conv2);
  const changed = { ...USUAL_RECIPE, layers };
  assert.equal(layerGroups(changed, NONE, new Set())[0].summary, '8 of 3×3, padding 1');
  assert.equal(withLayer(changed, 'layers.conv1.channels', 32), null);
});

test('a third convolution comes and goes', () => {
  const layers = withLayer(USUAL_RECIPE, 'layers.conv3', THIRD);
  const recipe = { ...USUAL_RECIPE, layers };
  assert.deepEqual(layersOf(recipe).conv3, THIRD);
  assert.equal(layerGroups(recipe, NONE, new Set())[2].name, 'conv3');
  const wide = {
    ...recipe,
    layers: withLayer(recipe, 'layers.conv3', { ...THIRD, stride: 2, padding: 0 }),
  };
  assert.equal(layerGroups(wide, NONE, new Set())[2].summary, '64 of 3×3, stride 2');
  assert.equal(withLayer(recipe, 'layers.conv3', null), null);
});

test('a layer that was opened, or with a refused choice, stands open', () => {
  const refusals = new Map([['layers.pool.kernel_size', 'pool2: no window fits.']]);
  const open = layerGroups(USUAL_RECIPE, refusals, new Set(['fc1'])).filter(({ isOpen }) => isOpen);
  assert.deepEqual(
    open.map(({ name }) => name),
    ['pool', 'fc1'],
  );
});

test('a size is told with its numbers, and what no window reads', () => {
  assert.equal(formulaText({ ...STEP, unread: [27] }), '⌊(28 + 2 − 3) / 2⌋ + 1 = 14, 1 unread');
  const bare = { ...STEP, padding_before: 0, padding_after: 0, output: 13 };
  assert.equal(formulaText(bare), '⌊(28 − 3) / 2⌋ + 1 = 13');
  assert.equal(formulaText(null), '');
  assert.equal(formulaText({ input: 7, output: 1 }), '');
});

test('layers that neither learn nor change a shape have no line', () => {
  const row = { input_shape: [1, 28, 28], output_shape: [2, 28, 28], output_size: null };
  const lines = layerLines([
    {
      ...{ ...row, name: 'conv1', parameters: 1320, macs: 20_000, trainable: false },
      output_size: { height: { ...STEP, unread: [] } },
    },
    { ...row, name: 'relu1', input_shape: [2, 28, 28], parameters: 0, macs: 0, trainable: false },
    { ...row, name: 'flatten', output_shape: [784], parameters: 0, macs: 0, trainable: false },
  ]);
  assert.deepEqual(lines, [
    {
      name: 'conv1',
      gives: '2×28×28',
      parameters: '1,320',
      macs: '20,000',
      formula: '⌊(28 + 2 − 3) / 2⌋ + 1 = 14',
      isFrozen: true,
    },
    { name: 'flatten', gives: '784', parameters: '', macs: '', formula: '', isFrozen: false },
  ]);
});

test('a run begins with new weights, a trained network or another run', () => {
  const networks = [
    { name: 'mycnn', title: 'MyCNN', weights: 'ready', input_shape: [1, 28, 28] },
    { name: 'vgg16', title: 'VGG-16', weights: 'downloadable', input_shape: [3, 224, 224] },
    { name: 'squeezenet', title: 'SqueezeNet', weights: 'ready', input_shape: [3, 224, 224] },
  ];
  const runs = [
    {
      id: 'a',
      title: 'Best',
      recipe: USUAL_RECIPE,
      state: 'finished',
      best: { val_accuracy: 0.97 },
    },
    { id: 'b', recipe: { ...USUAL_RECIPE, network: 'gone' }, state: 'paused', best: null },
    { id: 'c', recipe: USUAL_RECIPE, state: 'queued' },
  ];
  const values = (/** @type {{value: string}[]} */ options) => options.map(({ value }) => value);
  assert.deepEqual(values(beginnings(networks, runs, '', false)), ['', 'mycnn', 'run:a', 'run:b']);
  assert.deepEqual(values(beginnings(networks, runs, 'squeezenet', true)), ['squeezenet']);
  assert.equal(beginnings(networks, runs, 'run:a@step-7', false).at(-1)?.text, 'run:a@step-7');
  const texts = beginnings(networks, runs, '', false).map(({ text }) => text);
  assert.deepEqual(texts.slice(2), ['Best, MyCNN, 97.0\u00a0%', 'run b, gone']);
});

test('millions of multiplications are told in few characters', () => {
  assert.deepEqual([999_999, 3_612_672].map(macsText), ['999,999', '3.6\u00a0M']);
});
