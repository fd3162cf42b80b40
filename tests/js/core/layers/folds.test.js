import assert from 'node:assert/strict';
import { test } from 'node:test';

import { columnsOf } from '../../../../static/js/core/layers/columns.js';
import { everyFold, foldsAround, foldsOf } from '../../../../static/js/core/layers/folds.js';

/**
 * A layer that reads the one before, unless said otherwise.
 * @param {string} name
 * @param {number[]} shape  of what it makes
 * @param {Partial<import('../../../../static/js/core/graph.js').Layer>} [more]
 */
const layer = (name, shape, more = {}) => ({ name, shape, ...more });

/** A network of such layers, the input first. @param {ReturnType<typeof layer>[]} rows @param {number[]} [shape] */
function network(rows, shape = [1, 8, 8]) {
  const input = { name: 'input', shape, inputs: /** @type {string[]} */ ([]) };
  const all = [input, ...rows];
  return all.map(({ name, shape: made, ...more }, place) => {
    const inputs = more.inputs ?? [all[place - 1].name];
    const shapes = inputs.map((one) => all.find((each) => each.name === one)?.shape ?? []);
    return /** @type {any} */ ({
      name,
      kind: 'Conv2d',
      settings: {},
      parameters: { total: 1 },
      ...more,
      inputs,
      input_shape: shapes[0] ?? made,
      input_shapes: shapes,
      output_shape: made,
    });
  });
}

/** A residual block of six layers. @param {string} name @param {string} before @param {number[]} shape */
const block = (name, before, shape) => [
  layer(`${name}.conv1`, shape, { inputs: [before] }),
  layer(`${name}.bn1`, shape),
  layer(`${name}.relu1`, shape),
  layer(`${name}.conv2`, shape),
  layer(`${name}.add`, shape, { inputs: [`${name}.conv2`, before] }),
  layer(`${name}.relu2`, shape),
];

const A = [4, 8, 8];
const B = [8, 4, 4];

/** Two stages: two equal blocks; one that makes the maps smaller, and two equal ones. */
const RESIDUAL = network([
  layer('conv', A),
  ...block('stage1.0', 'conv', A),
  ...block('stage1.1', 'stage1.0.relu2', A),
  ...block('stage2.0', 'stage1.1.relu2', B),
  ...block('stage2.1', 'stage2.0.relu2', B),
  ...block('stage2.2', 'stage2.1.relu2', B),
  layer('head.pool', [8]),
  layer('head.fc', [10]),
]);

/** @param {any[]} layers @param {string[]} unfolded */
const labels = (layers, ...unfolded) =>
  columnsOf(layers, new Set(unfolded)).columns.map(({ label, fold }) =>
    fold ? `[${label}${fold.equal > 1 ? ` ×${fold.equal}` : ''}]` : label,
  );

test('stages fold by their names, a stage of equal blocks says of how many; a few layers do not', () => {
  assert.deepEqual(labels(RESIDUAL), [
    'input',
    'conv',
    '[stage1 ×2]',
    '[stage2]',
    'head.pool',
    'head.fc',
  ]);
});

test('a stage unfolds in place, and what is equal in it stays together', () => {
  assert.deepEqual(labels(RESIDUAL, 'stage2', 'nosuch').slice(2, 5), [
    '[stage1 ×2]',
    '[stage2.0]',
    '[stage2.1–2 ×2]',
  ]);
  assert.deepEqual(labels(RESIDUAL, 'stage2', 'stage2.1-2', 'stage2.2').slice(4, 11), [
    '[stage2.1]',
    'conv1',
    'bn1',
    'relu1',
    'conv2',
    'add',
    'relu2',
  ]);
  const { brackets } = columnsOf(RESIDUAL, new Set(['stage2', 'stage2.1-2']));
  assert.deepEqual(
    brackets.map(({ fold, first, last, depth }) => [fold.key, first, last, depth]),
    [
      ['stage2', 'stage2.0.relu2', 'stage2.2.relu2', 0],
      ['stage2.1-2', 'stage2.1.relu2', 'stage2.2.relu2', 1],
    ],
  );
});

test('a fold shows what its last layer makes, reads what its layers read, and tells where ways join', () => {
  const { columns } = columnsOf(RESIDUAL, new Set(['stage2']));
  const [, , stage1, first] = columns;
  assert.deepEqual(
    [stage1.name, stage1.output_shape, stage1.inputs],
    ['stage1.1.relu2', A, ['conv']],
  );
  assert.equal(stage1.fold?.joins, 2);
  assert.deepEqual(first.inputs, ['stage1.1.relu2']);
  assert.deepEqual(columns[columns.length - 2].inputs, ['stage2.2.relu2']);
});

test('a skip past the layers of an unfolded block is an edge of its own', () => {
  const { columns } = columnsOf(RESIDUAL, new Set(['stage1', 'stage1.1']));
  const add = columns.find(({ name }) => name === 'stage1.1.add');
  assert.deepEqual(add?.inputs, ['stage1.1.conv2', 'stage1.0.relu2']);
});

test('the folds around a layer, from the outermost on, and all there are', () => {
  const keys = foldsAround(RESIDUAL, 'stage2.1.bn1').map(({ key }) => key);
  assert.deepEqual(keys, ['stage2', 'stage2.1-2', 'stage2.1']);
  assert.deepEqual(foldsAround(RESIDUAL, 'conv'), []);
  assert.equal(everyFold(foldsOf(RESIDUAL)).length, 8);
  assert.equal(foldsOf(RESIDUAL), foldsOf(RESIDUAL));
});

test('a long row of layers folds by the size of its maps: a pooling ends a stage, a convolution begins one', () => {
  const pool = { parameters: /** @type {any} */ ({ total: 0 }) };
  const row = network(
    [
      layer('all.0', [4, 8, 8]),
      layer('all.1', [4, 8, 8]),
      layer('all.2', [4, 8, 8]),
      layer('all.3', [4, 4, 4], pool),
      layer('all.4', [8, 4, 4]),
      layer('all.5', [8, 4, 4]),
      layer('all.6', [8, 2, 2]),
      layer('all.7', [8, 2, 2]),
      layer('all.8', [8, 2, 2]),
      layer('all.9', [8, 2, 2]),
      layer('all.10', [32], pool),
      layer('softmax', [32], pool),
    ],
    [1, 8, 8],
  );
  assert.deepEqual(labels(row), [
    'input',
    '[all.0–3]',
    'all.4',
    'all.5',
    '[all.6–9]',
    'all.10',
    'softmax',
  ]);
  assert.deepEqual(labels(row, 'all.0-3').slice(1, 5), ['all.0', 'all.1', 'all.2', 'all.3']);
});

test('a row that is more than half of all layers is no stage, as in AlexNet: convolutions stand by themselves', () => {
  const shapes = [A, A, A, B, B, B, [16, 2, 2], [16, 2, 2], [16, 2, 2], [16, 2, 2], [16, 1, 1]];
  const layers = network([
    ...shapes.map((shape, place) => layer(`features.${place}`, shape)),
    layer('avgpool', [16, 1, 1]),
    layer('flatten', [16]),
    ...[1, 2, 3, 4].map((place) => layer(`classifier.${place}`, [10])),
    layer('softmax', [10]),
  ]);
  assert.deepEqual(labels(layers), [
    'input',
    ...[0, 1, 2, 3, 4, 5].map((place) => `features.${place}`),
    '[features.6–9]',
    'features.10',
    'avgpool',
    'flatten',
    '[classifier]',
    'softmax',
  ]);
});

test('a long row of maps of one size stays as it is', () => {
  const names = Array.from({ length: 10 }, (_, place) => `conv${place}`);
  const row = network(names.map((name) => layer(name, A)));
  assert.deepEqual(labels(row), ['input', ...names]);
});

test('a fold within a fold of nothing else is one, and layers in it keep what their brackets do not say', () => {
  const deep = network([
    layer('first', A),
    layer('stage.0.expand.conv', A),
    layer('stage.0.expand.bn', A),
    layer('stage.0.1', A),
    layer('stage.0.conv.0.1', A),
    layer('stage.0.2.act', A),
    layer('stage.0.end', A),
    layer('behind1', A),
    layer('behind2', A),
    layer('behind3', A),
    layer('behind4', A),
    layer('behind5', A),
  ]);
  assert.deepEqual(labels(deep)[2], '[stage]');
  assert.deepEqual(labels(deep, 'stage').slice(2, 8), [
    'expand.conv',
    'expand.bn',
    'stage.0.1',
    'conv.0.1',
    'act',
    'end',
  ]);
});
