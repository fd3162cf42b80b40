import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  figureOf,
  layerTitle,
  predictionsOf,
  memoryText,
  sentenceOf,
} from '../../../../static/js/core/training/update_story.js';

/** @param {string} name @param {number | null} norm */
const layer = (name, norm) => ({
  ...{ name, kind: 'Linear', shape: [2], output_rms: 0.5, gradient_rms: 0.125 },
  is_frozen: false,
  ...{ gradient_norm: norm, weight_norm: norm, change_norm: norm === null ? null : norm / 100 },
});
const TOLD = {
  ...{
    batch_size: 1200,
    classes: ['a', 'b'],
    labels: [0, 1],
    gradient_norm: 5,
    lr: 0.001,
    step: 3,
  },
  layers: [layer('fc1', 3), layer('relu', null), layer('fc2', 4)],
  recipe: { optimizer: { name: 'adam' } },
  loss: { before: 2, after: 1.5 },
};
const BATCH = { losses: Float32Array.of(1, 3), logits: Float32Array.of(2, 1, 4, 3) };

test('an image is taken for the class of its largest logit', () => {
  assert.deepEqual(predictionsOf(BATCH.logits, 2), [0, 0]);
  assert.deepEqual(predictionsOf(Float32Array.of(0, 2, 1), 3), [1]);
});

test('each phase is said with its numbers', () => {
  assert.match(
    sentenceOf('forward', TOLD, BATCH),
    /the batch, 1,200 images, goes through 3 layers.*fc2.*0\.500 large.*for 1 of 2\./,
  );
  assert.match(
    sentenceOf('loss', TOLD, BATCH),
    /mean is 2\.0000, from 1\.0000 to 3\.0000; guessing among 2 classes gives 0\.6931/,
  );
  assert.match(
    sentenceOf('backward', TOLD, BATCH),
    /5\.00 long: most in fc2 \(4\.00\), least in fc1 \(3\.00\)/,
  );
  assert.match(
    sentenceOf('step', TOLD, BATCH),
    /Step 3: Adam with learning rate 0\.001 changes the weights\. The length of the whole step, all weights together, is 0\.0500\. .*falls from 2\.0000 to 1\.5000, by 25\.0\u00a0%/,
  );
});

test('frozen layers are said to stay as they are', () => {
  const frozen = (/** @type {string} */ name) => ({ ...layer(name, null), is_frozen: true });
  const told = (/** @type {string[]} */ ...names) => ({
    ...TOLD,
    layers: [...names.map(frozen), layer('fc2', 4)],
  });
  assert.match(sentenceOf('step', told('conv1'), BATCH), / conv1 is frozen: it stays as it is\.$/);
  assert.match(
    sentenceOf('step', told('conv1', 'conv2', 'fc1'), BATCH),
    / 3 layers, conv1 to fc1, are frozen: they stay as they are\.$/,
  );
  assert.equal(figureOf(frozen('conv1'), 'step'), 'frozen');
  assert.match(layerTitle(frozen('conv1')), /frozen: its weights are not trained/);
});

test('one layer that learns, another optimizer and a loss that rises are said as well', () => {
  const other = {
    ...TOLD,
    layers: [layer('fc', 1)],
    recipe: { optimizer: { name: 'sgd' } },
    loss: { before: 2, after: 3 },
    lr: 10,
  };
  assert.match(sentenceOf('backward', other, BATCH), /all of it in fc\./);
  assert.match(sentenceOf('step', other, BATCH), /SGD with learning rate 10 .*rises/);
});

test('below a layer stands what the phase is about', () => {
  const [fc1, relu] = TOLD.layers;
  assert.equal(figureOf(fc1, 'forward'), '0.50');
  assert.equal(figureOf(fc1, 'loss'), '');
  assert.equal(figureOf(fc1, 'backward'), '3.0');
  assert.equal(figureOf(relu, 'backward'), '0.13');
  assert.equal(figureOf(fc1, 'step'), '0.030');
  assert.equal(figureOf(relu, 'step'), '');
  assert.match(layerTitle(fc1), /gives 2 for one image.*gradient 3\.00 long, their change 0\.0300/);
  assert.doesNotMatch(layerTitle(relu), /change/);
});

test('trained weights come without what their optimizer remembered', () => {
  const [adam, plain] = [
    { name: 'adam', momentum: 0 },
    { name: 'sgd', momentum: 0 },
  ];
  assert.equal(memoryText('scratch', adam), '');
  assert.equal(memoryText('moment', plain), '');
  assert.match(
    memoryText('moment', adam),
    /^ The weights are trained, .* Adam’s moments begin at 0/,
  );
  assert.match(memoryText('trained', { ...plain, momentum: 0.9 }), /The momentum begins at 0/);
});
