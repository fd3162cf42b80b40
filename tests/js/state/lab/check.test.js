import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';

import { openPage, pass } from '../browser.js';
import { answerOf, settle, takeQuestions } from './server.js';
import {
  EXAMPLE,
  outcome,
  withOperation,
} from '../../../../static/js/core/experiment/experiment.js';
import { startCheck } from '../../../../static/js/state/lab/check.js';
import { createLab } from '../../../../static/js/state/lab/lab.js';

const { signals: lab, actions } = createLab();
const { check } = lab;

/** @type {import('./server.js').Question[]} */
let asked = [];
/** @type {() => void} */
let stop = () => {};

/** The answer of the API. @param {Float64Array} output */
const answered = (output) =>
  answerOf({ output }, { code: { pytorch: 'torch', autograd: 'grad', numpy: 'np' } });

/** What ours are. @param {import('../../../../static/js/core/experiment/experiment.js').Experiment} experiment */
function ours(experiment) {
  const found = outcome(experiment);
  return found.kind === 'computed' ? found.output.data.slice() : new Float64Array(0);
}

beforeEach(() => {
  openPage();
  asked = takeQuestions();
  lab.experiments.begin(EXAMPLE);
  stop = startCheck(lab);
});

afterEach(() => stop());

test('PyTorch is asked once the experiment rests, and says that it finds the same', async () => {
  pass(100);
  assert.equal(asked.length, 0);
  pass(60);
  assert.deepEqual([asked[0].path, asked[0].body.stride], ['./api/v1/conv2d', 2]);
  assert.equal(check.value.status, 'waiting');
  asked[0].answer(answered(ours(EXAMPLE)));
  await settle();
  const { status, largest, torch, pytorch, autograd, numpy } = check.value;
  assert.deepEqual([status, largest], ['equal', 0]);
  assert.deepEqual([pytorch, autograd, numpy], ['torch', 'grad', 'np']);
  assert.deepEqual(torch, { shape: [1, 3, 3], data: ours(EXAMPLE) });
});

test('it says by how much they differ', async () => {
  pass(200);
  const theirs = ours(EXAMPLE);
  theirs[4] += 0.25;
  asked[0].answer(answered(theirs));
  await settle();
  assert.equal(check.value.status, 'differs');
  assert.ok(Math.abs(Number(check.value.largest) - 0.25) < 1e-12);
});

test('a question that is overtaken is aborted, its answer never shown', async () => {
  pass(200);
  actions.setOperation('max');
  assert.equal(asked[0].signal.aborted, true);
  asked[0].answer(answered(ours(EXAMPLE)));
  await settle();
  assert.equal(check.value.status, 'waiting');
  pass(100);
  actions.setControl('stride', 'both', 1);
  pass(100);
  assert.equal(asked.length, 1);
  pass(60);
  assert.equal(asked.length, 2);
  asked[1].answer(answered(ours(withOperation(EXAMPLE, 'max'))));
  await settle();
  assert.deepEqual([check.value.status, check.value.largest], ['differs', Infinity]);
});

test('while it waits the programs are still those from before', async () => {
  pass(200);
  asked[0].answer(answered(ours(EXAMPLE)));
  await settle();
  actions.setControl('stride', 'both', 1);
  const { status, torch, pytorch } = check.value;
  assert.deepEqual([status, torch, pytorch], ['waiting', null, 'torch']);
});

test('a server that cannot be reached, or refuses, is told', async () => {
  pass(200);
  asked[0].answer(new TypeError('failed to fetch'));
  await settle();
  assert.deepEqual(
    [check.value.status, check.value.reason],
    ['unreachable', 'The server cannot be reached. Is Convoscope still running?'],
  );
  actions.setControl('stride', 'both', 1);
  pass(200);
  const headers = { 'content-type': 'application/problem+json' };
  asked[1].answer(new Response('{"detail": "Too much."}', { status: 422, headers }));
  await settle();
  assert.deepEqual([check.value.status, check.value.reason], ['unreachable', 'Too much.']);
});

test('an answer without an output differs from any', async () => {
  pass(200);
  const header = '{"other":{"dtype":"F64","shape":[0],"data_offsets":[0,0]}}';
  const bytes = new Uint8Array(8 + header.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  asked[0].answer(new Response(bytes));
  await settle();
  const { status, torch, pytorch, numpy } = check.value;
  assert.deepEqual([status, torch, pytorch, numpy], ['differs', null, null, null]);
});

test('nothing is asked for what cannot be computed', async () => {
  lab.experiments.begin({ ...EXAMPLE, settings: { ...EXAMPLE.settings, stride: 0 } });
  pass(200);
  await settle();
  assert.equal(asked.length, 0);
  assert.match(String(check.value.reason), /^stride has to be/);
});
