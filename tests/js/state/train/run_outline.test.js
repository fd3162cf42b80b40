import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { signal } from '@preact/signals-core';

import '../browser.js';
import { createRunOutline } from '../../../../static/js/state/train/run_outline.js';

/** @param {string} id @returns {any} */
const run = (id) => ({ id, checkpoints: [{ step: 3 }] });

/** What the server answers, one after the other. @type {Response[]} */
const answers = [];
const asked = mock.fn((/** @type {string} */ _address) =>
  Promise.resolve(answers.shift() ?? new Response('', { status: 404 })),
);
mock.method(globalThis, 'fetch', asked);
const busy = () => new Response('', { status: 503, headers: { 'retry-after': '1' } });
const rest = () => new Promise((done) => setTimeout(done, 480));

test('what a run trains is asked for again while the server still loads it, and then no more', async () => {
  answers.push(busy(), Response.json({ name: 'mycnn' }));
  const { outline, stop } = createRunOutline(signal(run('a')));
  await rest();
  await rest();
  assert.deepEqual(outline.value, { name: 'mycnn' });
  assert.equal(asked.mock.callCount(), 2);
  assert.match(asked.mock.calls[0].arguments[0], /networks\/run%3Aa%40step-3$/);
  stop();
});

test('what cannot be had is asked for once, and of a part that is gone nothing', async () => {
  asked.mock.resetCalls();
  answers.push(new Response('', { status: 503 }));
  const refused = createRunOutline(signal(run('b')));
  await rest();
  answers.push(busy());
  const gone = createRunOutline(signal(run('c')));
  gone.stop();
  await rest();
  assert.deepEqual([refused.outline.value, gone.outline.value], [null, null]);
  assert.equal(asked.mock.callCount(), 2);
  refused.stop();
});
