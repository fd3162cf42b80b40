import assert from 'node:assert/strict';
import test from 'node:test';

import {
  cellSentence,
  confusionCells,
  mostFrequentMistake,
  worstFirst,
  worstShare,
} from '../../../../static/js/core/training/confusion.js';

/** @param {number[]} data @param {number[]} [shape] */
const tensor = (data, shape = [data.length]) => ({ shape, data: Float32Array.from(data) });

const CONFUSION = tensor([90, 8, 2, 0, 50, 0, 5, 5, 10], [3, 3]);

test('a cell has its share of the pictures of its class, and mistakes are measured at the worst', () => {
  assert.equal(worstShare(CONFUSION), 0.25);
  const cells = confusionCells(CONFUSION);
  assert.deepEqual(
    cells.map(({ share }) => share),
    [0.9, 0.08, 0.02, 0, 1, 0, 0.25, 0.25, 0.5],
  );
  assert.deepEqual(
    cells.map(({ isRight }) => isRight),
    [true, false, false, false, true, false, false, false, true],
  );
  assert.deepEqual(
    cells.map(({ strength }) => Number(strength.toFixed(6))),
    [0.9, 0.32, 0.08, 0, 1, 0, 1, 1, 0.5],
  );
  // Beside another one, at that one's worst.
  assert.equal(confusionCells(CONFUSION, 0.5)[1].strength, 0.16);
});

test('nothing is made of no pictures', () => {
  const cells = confusionCells(tensor([0, 0, 0, 4], [2, 2]));
  assert.deepEqual(
    cells.map(({ share, strength }) => [share, strength]),
    [
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 1],
    ],
  );
  assert.equal(mostFrequentMistake(cells), null);
});

test('the mistake that is made most often, the first of those made as often', () => {
  const cell = mostFrequentMistake(confusionCells(CONFUSION));
  assert.deepEqual([cell?.truth, cell?.predicted, cell?.count], [0, 1, 8]);
});

test('a cell is told in a sentence', () => {
  const names = ['shirt', 'coat', 'bag'];
  const cells = confusionCells(CONFUSION);
  assert.equal(
    cellSentence(cells[1], names),
    '8 pictures of shirt, 8.0\u00a0% of them all, are taken for coat.',
  );
  const one = confusionCells(tensor([0, 1, 0, 0], [2, 2]))[1];
  assert.equal(
    cellSentence(one, names),
    '1 picture of shirt, 100.0\u00a0% of them all, is taken for coat.',
  );
});

test('the worst mistakes are those the network is surest of; of what is right, the least sure', () => {
  const judged = {
    labels: tensor([4, 4, 9, 4, 4, 9]),
    predictions: tensor([9, 9, 9, 4, 9, 9]),
    confidence: tensor([0.5, 0.75, 1, 1, 0.75, 0.25]),
    confusion: tensor([]),
  };
  assert.deepEqual(worstFirst(judged, { truth: 4, predicted: 9 }), [
    { index: 1, confidence: 0.75 },
    { index: 4, confidence: 0.75 },
    { index: 0, confidence: 0.5 },
  ]);
  assert.deepEqual(worstFirst(judged, { truth: 4, predicted: 9 }, 1), [
    { index: 1, confidence: 0.75 },
  ]);
  assert.deepEqual(
    worstFirst(judged, { truth: 9, predicted: 9 }).map(({ index }) => index),
    [5, 2],
  );
});
