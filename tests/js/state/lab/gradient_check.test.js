import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';

import { GRADIENTS, values } from '../../core/stage/cases.js';
import { golden } from '../../core/golden.js';
import { openPage, pass } from '../browser.js';
import { answerOf, settle, takeQuestions } from './server.js';
import { EXAMPLE } from '../../../../static/js/core/experiment/experiment.js';
import { startGradientCheck } from '../../../../static/js/state/lab/gradient_check.js';
import { LabState } from '../../../../static/js/state/lab/store.js';

const lab = new LabState();
const { gradientCheck, see } = lab;

/** @type {import('./server.js').Question[]} */
let asked = [];
let stop = () => {};

/** An answer of the API. @param {Record<string, Float64Array>} tensors */
const answered = (tensors) => answerOf(tensors, null);

/** The gradients that torch has written down. @param {any} one */
const torchOf = (one) => ({
  input_gradient: values(one.input_gradient).data,
  weight_gradient: values(one.weight_gradient).data,
  bias_gradient: values(one.bias_gradient).data,
});

const [CASE, TORCH] = [GRADIENTS[0].experiment, torchOf(golden('gradients')[0])];

beforeEach(() => {
  openPage();
  asked = takeQuestions();
  see.value = { kind: 'backward' };
  lab.experiments.begin(CASE);
  stop = startGradientCheck(lab);
});

afterEach(() => {
  stop();
  see.value = { kind: 'forward' };
});

test('the gradients that are seen are compared with torch’s own', async () => {
  assert.equal(gradientCheck.value?.status, 'waiting');
  pass(160);
  assert.equal(asked[0].path, './api/v1/conv2d/gradients');
  assert.deepEqual(asked[0].body.output_gradient.flat(3), [...(CASE.outputGradient?.data ?? [])]);
  asked[0].answer(answered(TORCH));
  await settle();
  assert.equal(gradientCheck.value.status, 'equal');
  assert.ok(Number(gradientCheck.value.largest) < 1e-12);
  assert.deepEqual(gradientCheck.value.torch.weight, TORCH.weight_gradient);
});

for (const name of /** @type {const} */ (['input_gradient', 'weight_gradient'])) {
  test(`a wrong ${name} is found, and so is one that is missing`, async () => {
    pass(160);
    const wrong = TORCH[name].map((value, at) => (at === 0 ? value + 0.5 : value));
    asked[0].answer(answered({ ...TORCH, [name]: wrong }));
    await settle();
    assert.equal(gradientCheck.value?.status, 'differs');
    assert.ok(Math.abs(Number(gradientCheck.value.largest) - 0.5) < 1e-9);
    lab.experiments.begin({ ...CASE });
    pass(160);
    asked[1].answer(answered({ ...TORCH, [name]: new Float64Array(0) }));
    await settle();
    assert.equal(gradientCheck.value?.status, 'differs');
  });
}

test('a wrong gradient of the bias is found where there is a bias', async () => {
  lab.experiments.begin({ ...CASE, bias: new Float64Array(TORCH.bias_gradient.length) });
  pass(160);
  const { answer } = asked[asked.length - 1];
  answer(answered({ ...TORCH, bias_gradient: TORCH.bias_gradient.map((value) => value + 1) }));
  await settle();
  assert.equal(gradientCheck.value?.status, 'differs');
});

test('nothing is asked in the forward view, nor where there are no gradients', () => {
  see.value = { kind: 'forward' };
  pass(200);
  assert.deepEqual([asked.length, gradientCheck.value], [0, null]);
  lab.experiments.begin({ ...EXAMPLE, settings: { ...EXAMPLE.settings, dilation: 9 } });
  see.value = { kind: 'backward' };
  pass(200);
  assert.deepEqual([asked.length, gradientCheck.value], [0, null]);
});

test('a server that cannot be reached is told', async () => {
  pass(160);
  asked[0].answer(new TypeError('failed to fetch'));
  await settle();
  assert.equal(gradientCheck.value?.status, 'unreachable');
});
