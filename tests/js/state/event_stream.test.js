import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

/** @type {FakeSource[]} */
let opened = [];

/** An EventSource that a test tells what to do. */
class FakeSource {
  static CLOSED = 2;
  readyState = 0;
  onopen = () => {};
  onerror = () => {};
  isClosed = false;
  /** @type {Map<string, (event: object) => void>} */
  #heard = new Map();

  /** @param {string} address */
  constructor(address) {
    this.address = address;
    opened.push(this);
  }

  /** @param {string} kind @param {(event: object) => void} listener */
  addEventListener(kind, listener) {
    this.#heard.set(kind, listener);
  }

  close() {
    this.isClosed = true;
  }

  /** @param {string} kind @param {number} number @param {object} [data] */
  tell(kind, number, data = {}) {
    this.#heard.get(kind)?.({ lastEventId: String(number), data: JSON.stringify(data) });
  }
}

Object.assign(globalThis, {
  EventSource: FakeSource,
  document: { hidden: false, documentElement: { dataset: { root: './' } } },
});
const { listen } = await import('../../../static/js/state/train/event_stream.js');

/** Lets what came be handed over. */
const soon = () => mock.timers.tick(1);

/** @type {number[]} */
let heard = [];
/** @type {boolean[]} */
let interruptions = [];
const listener = {
  hear: (/** @type {readonly {number: number}[]} */ told) =>
    heard.push(...told.map(({ number }) => number)),
  interrupted: (/** @type {boolean} */ is) => interruptions.push(is),
};

beforeEach(() => {
  [opened, heard, interruptions] = [[], [], []];
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
});

test('what comes together is handed over together, each event once', () => {
  const stop = listen('r', 4, listener);
  assert.match(opened[0].address, /runs\/r\/events\?after=4$/);
  opened[0].tell('step', 5);
  opened[0].tell('checkpoint', 6);
  opened[0].tell('step', 6);
  opened[0].tell('step', 4);
  assert.deepEqual(heard, []);
  soon();
  assert.deepEqual(heard, [5, 6]);
  stop();
  assert.ok(opened[0].isClosed);
});

test('a stream that was given up is taken up behind the last event', () => {
  listen('r', 0, listener);
  opened[0].tell('step', 9);
  opened[0].onerror();
  assert.equal(opened.length, 1, 'the browser tries again by itself');
  opened[0].readyState = FakeSource.CLOSED;
  opened[0].onerror();
  mock.timers.tick(1000);
  assert.match(opened[1].address, /after=9$/);
  opened[1].onopen();
  opened[1].tell('step', 9);
  opened[1].tell('state', 10);
  soon();
  assert.deepEqual(heard, [9, 10]);
  assert.deepEqual(interruptions, [true, true, false]);
});

test('nothing is heard once it was stopped', () => {
  const stop = listen('r', 0, listener);
  opened[0].tell('step', 1);
  stop();
  opened[0].onerror();
  soon();
  assert.deepEqual([heard, interruptions], [[], []]);
});

test('a page in the background hears a little later', () => {
  Object.assign(globalThis.document, { hidden: true });
  listen('r', 0, listener);
  opened[0].tell('step', 1);
  mock.timers.tick(999);
  assert.deepEqual(heard, []);
  soon();
  assert.deepEqual(heard, [1]);
  Object.assign(globalThis.document, { hidden: false });
});
