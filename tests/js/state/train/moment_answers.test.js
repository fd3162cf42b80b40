import assert from 'node:assert/strict';
import { test } from 'node:test';

import '../browser.js';
import { ApiError } from '../../../../static/js/api/client.js';
import { MomentAnswers } from '../../../../static/js/state/train/moment_answers.js';

/** @param {number} size */
const file = (size) => ({
  document: null,
  tensors: new Map([['a', { shape: [size], data: new Float32Array(size) }]]),
});

/** Answers that come when they are let. */
function server() {
  /** @type {{key: string, overtaken: AbortSignal, answer: (size?: number) => void, refuse: (error: unknown) => void}[]} */
  const under = [];
  const answers = new MomentAnswers(
    (key, overtaken) =>
      new Promise((resolve, refuse) => {
        under.push({ key, overtaken, answer: (size = 1) => resolve(file(size)), refuse });
        overtaken.addEventListener('abort', () => refuse(overtaken.reason));
      }),
  );
  const asked = () => under.map(({ key }) => key);
  return { answers, under, asked };
}

/** Lets what was promised happen. */
const soon = () => new Promise((done) => setTimeout(done, 1));
const rest = () => new Promise((done) => setTimeout(done, 260));

test('one answer is asked for at a time, and after it what is on show by then', async () => {
  const { answers, under, asked } = server();
  answers.want(['a']);
  answers.want(['b']);
  answers.want(['c']);
  assert.deepEqual(asked(), ['a']);
  under[0].answer();
  await soon();
  assert.deepEqual(asked(), ['a', 'c']);
  under[1].answer();
  await soon();
  assert.deepEqual([answers.get('a') !== undefined, answers.get('b')], [true, undefined]);
  // What is there is not asked for again.
  answers.want(['a', 'c']);
  await soon();
  assert.equal(under.length, 2);
});

test('at rest what may be shown next is prepared, which gives way at once', async () => {
  const { answers, under, asked } = server();
  answers.want(['a'], ['b', 'c']);
  under[0].answer();
  await soon();
  assert.deepEqual(asked(), ['a']);
  await rest();
  assert.deepEqual(asked(), ['a', 'b']);
  answers.want(['d'], ['b']);
  assert.equal(under[1].overtaken.aborted, true);
  await soon();
  assert.deepEqual(asked(), ['a', 'b', 'd']);
  under[2].answer();
  await rest();
  assert.deepEqual(asked(), ['a', 'b', 'd', 'b']);
});

test('what is refused says why, and is not asked for again', async () => {
  const { answers, under, asked } = server();
  answers.want(['a']);
  under[0].refuse(new ApiError(404, { detail: 'There is none.' }));
  await soon();
  assert.equal(answers.failure.value, 'There is none.');
  answers.want(['b']);
  under[1].answer();
  await soon();
  assert.equal(answers.failure.value, '');
  assert.deepEqual([answers.isRefused('a'), answers.isRefused('b')], [true, false]);
  answers.want(['a']);
  await soon();
  assert.deepEqual(asked(), ['a', 'b']);
  assert.equal(answers.failure.value, 'There is none.');
  // What cannot be used until somebody mends it is not asked for again and again.
  answers.want(['c']);
  under[2].refuse(new ApiError(503, { detail: 'Damaged.' }));
  await soon();
  assert.equal(answers.isRefused('c'), true);
});

test('the oldest are forgotten where they weigh too much, never what is on show', async () => {
  const { answers, under } = server();
  for (const [at, key] of ['a', 'b', 'c'].entries()) {
    answers.want([key]);
    under[at].answer(3_500_000);
    await soon();
  }
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => answers.get(key) !== undefined),
    [false, true, true],
  );
  assert.equal(answers.among(['a', 'b', 'c']).length, 2);
});
