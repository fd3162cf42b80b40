import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NewestQuestion } from '../../../static/js/state/newest_question.js';

/** @typedef {{key: string, at: number}} Asked */

/** A questioner whose answers come when they are let. */
function questioner() {
  /** @type {{asked: Asked, signal: AbortSignal, answer: (value: string) => void, refuse: (error: unknown) => void}[]} */
  const under = [];
  /** @type {string[]} */
  const shown = [];
  /** @type {unknown[]} */
  const failed = [];
  const newest = new NewestQuestion({
    ask: (/** @type {Asked} */ asked, signal) =>
      /** @type {Promise<string>} */ (
        new Promise((answer, refuse) => {
          under.push({ asked, signal, answer, refuse });
          signal.addEventListener('abort', () => refuse(signal.reason));
        })
      ),
    show: (asked, answer) => void shown.push(`${asked.key}${asked.at}: ${answer}`),
    fail: (_, error) => void failed.push(error),
  });
  return { newest, under, shown, failed };
}

/** Lets what was promised happen. */
const soon = () => new Promise((done) => setTimeout(done, 1));

test('one question is asked at a time, and after it the newest', async () => {
  const { newest, under, shown } = questioner();
  newest.want({ key: 'a', at: 0 });
  newest.want({ key: 'a', at: 1 });
  newest.want({ key: 'a', at: 2 });
  assert.equal(under.length, 1);
  under[0].answer('first');
  await soon();
  assert.deepEqual(under[1].asked, { key: 'a', at: 2 });
  under[1].answer('second');
  await soon();
  assert.deepEqual(shown, ['a0: first', 'a2: second']);
  assert.equal(under.length, 2);
});

test('another question overtakes at once, and nothing of the former is shown', async () => {
  const { newest, under, shown, failed } = questioner();
  newest.want({ key: 'a', at: 0 });
  newest.want({ key: 'b', at: 0 });
  assert.ok(under[0].signal.aborted);
  await soon();
  under[1].answer('late');
  await soon();
  assert.deepEqual([shown, failed], [['b0: late'], []]);
});

test('the same about something newer overtakes after a while', async () => {
  const { newest, under, shown } = questioner();
  newest.want({ key: 'a', at: 0 });
  newest.want({ key: 'a', at: 1 });
  assert.ok(!under[0].signal.aborted);
  while (under.length === 1) await soon();
  assert.ok(under[0].signal.aborted);
  under[1].answer('newer');
  await soon();
  assert.deepEqual(shown, ['a1: newer']);
});

test('what is no longer wanted is given up, a refusal is told, and the next is asked all the same', async () => {
  const { newest, under, shown, failed } = questioner();
  newest.want({ key: 'a', at: 0 });
  newest.want(null);
  assert.ok(under[0].signal.aborted);
  await soon();
  newest.want({ key: 'b', at: 0 });
  under[1].refuse(new Error('no'));
  await soon();
  newest.want({ key: 'c', at: 0 });
  under[2].answer('yes');
  await soon();
  assert.deepEqual(shown, ['c0: yes']);
  assert.equal(failed.length, 1);
});
