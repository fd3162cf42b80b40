import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

import { nextFrame, openPage, pass } from '../state/browser.js';

/** Messages between two ports, which come when they are delivered. @type {(() => void)[]} */
const sent = [];
globalThis.MessageChannel = /** @type {any} */ (
  class {
    port1 = { onmessage: () => {}, close: () => (this.port1.onmessage = () => {}) };
    port2 = { postMessage: () => void sent.push(() => this.port1.onmessage()) };
  }
);
const deliver = () => sent.splice(0).forEach((each) => each());

const { whileWaiting } = await import('../../../static/js/pages/common/frames.js');

/** What was done, in order. @type {string[]} */
const done = [];
const act = (/** @type {string} */ name) => () => void done.push(name);

beforeEach(() => {
  openPage();
  done.length = sent.length = 0;
});

test('what is to be read is done at once, and laid out, when the page begins to wait', () => {
  const behind = whileWaiting(100, 30, act('lay'));
  behind.schedule(act('bars'));
  behind.schedule(act('prediction'));
  behind.begin();
  deliver();
  assert.deepEqual(done, [], 'the frame of the picture comes first');
  nextFrame(16);
  pass(0);
  behind.begin();
  assert.deepEqual(done, [], 'what is asked is on its way first');
  deliver();
  assert.deepEqual(done, ['bars', 'prediction', 'lay']);
  pass(30);
  assert.ok(!nextFrame(16), 'once');
});

test('where the page does not wait it is done in a frame', () => {
  const behind = whileWaiting(100, 30, act('lay'));
  behind.schedule(act('bars'));
  nextFrame(16);
  pass(0);
  pass(30);
  assert.deepEqual(done, []);
  nextFrame(16);
  assert.deepEqual(done, ['bars']);
  behind.begin();
  deliver();
  assert.deepEqual(done, ['bars'], 'nothing is due');
});

test('twice it is done only after a rest, each thing once', () => {
  const behind = whileWaiting(100, 30);
  const once = () => {
    nextFrame(16);
    pass(0);
    behind.begin();
    deliver();
  };
  const bars = act('bars');
  behind.schedule(bars);
  once();
  behind.schedule(bars);
  behind.schedule(bars);
  once();
  assert.deepEqual(done, ['bars']);
  pass(100);
  behind.begin();
  deliver();
  assert.deepEqual(done, ['bars', 'bars']);
});

test('what fails is reported, and what else is due is done', () => {
  const reported = mock.fn();
  Object.defineProperty(globalThis, 'reportError', { value: reported, configurable: true });
  const behind = whileWaiting(100, 30);
  behind.schedule(() => {
    throw new Error('no bars');
  });
  behind.schedule(act('prediction'));
  nextFrame(16);
  pass(0);
  behind.begin();
  deliver();
  assert.deepEqual([done, reported.mock.callCount()], [['prediction'], 1]);
});

test('once it is ended nothing is done', () => {
  const behind = whileWaiting(100, 30);
  behind.schedule(act('bars'));
  nextFrame(16);
  pass(0);
  behind.end();
  behind.begin();
  deliver();
  pass(30);
  assert.ok(!nextFrame(16));
  assert.deepEqual(done, []);
});
