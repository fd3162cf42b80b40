import assert from 'node:assert/strict';
import { test } from 'node:test';

import { asMaps, graphOf, withMaps } from '../../../static/js/core/graph.js';

/** A sum of what a layer gives and what a longer way makes of it. */
const LAYERS = [
  { name: 'input', inputs: [] },
  { name: 'first', inputs: ['input'] },
  { name: 'second', inputs: ['first'] },
  { name: 'sum', inputs: ['second', 'first'] },
  { name: 'last', inputs: ['sum'] },
];

/** @param {readonly {name: string}[]} layers */
const names = (layers) => layers.map(({ name }) => name);

test('what a layer reads, in the order of its inputs, and what reads it', () => {
  const graph = graphOf(LAYERS);
  assert.deepEqual(names(graph.predecessors('sum')), ['second', 'first']);
  assert.deepEqual(names(graph.successors('first')), ['second', 'sum']);
  assert.deepEqual(names(graph.predecessors('input')), []);
  assert.deepEqual(names(graph.successors('last')), []);
});

test('every edge, and whether it leads to the next layer', () => {
  const edges = graphOf(LAYERS).edges.map(
    ({ source, target, isNext }) => `${source.name} ${target.name} ${isNext}`,
  );
  assert.deepEqual(edges, [
    'input first true',
    'first second true',
    'second sum true',
    'first sum false',
    'sum last true',
  ]);
});

test('the walk in the order of the data ends at both ends', () => {
  const graph = graphOf(LAYERS);
  assert.equal(graph.beside('second', 1)?.name, 'sum');
  assert.equal(graph.beside('second', -1)?.name, 'first');
  assert.equal(graph.beside('input', -1), undefined);
  assert.equal(graph.beside('last', 1), undefined);
  assert.equal(graph.beside('elsewhere', 1), undefined);
});

test('what the network has not is nowhere; a graph is built once', () => {
  const graph = graphOf(LAYERS);
  assert.equal(graph.layer('first'), LAYERS[1]);
  assert.equal(graph.layer('elsewhere'), undefined);
  assert.deepEqual(graph.predecessors('elsewhere'), []);
  const part = graphOf([{ name: 'alone', inputs: ['cut off'] }]);
  assert.deepEqual(part.predecessors('alone'), []);
  assert.equal(graphOf(LAYERS), graph);
  assert.equal(graph.order, LAYERS);
});

test('two axes are maps of one column, any other shape is as it was', () => {
  assert.deepEqual([[8, 28, 28], [17, 16], [10]].map(asMaps), [[8, 28, 28], [17, 16, 1], [10]]);
  const layer = { input_shape: [16], input_shapes: [[16], [4, 5]], output_shape: [17, 16] };
  const { layers } = withMaps(/** @type {any} */ ({ layers: [layer] }));
  assert.deepEqual(layers, [
    {
      input_shape: [16],
      input_shapes: [[16], [4, 5, 1]],
      output_shape: [17, 16, 1],
      isTokens: true,
    },
  ]);
});
