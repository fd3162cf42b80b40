import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

import { batch, signal } from '@preact/signals-core';

import { entries, fire, go, openPage, pass } from './browser.js';
import {
  addressOf,
  bindAddress,
  fragment,
  readAddress,
} from '../../../static/js/state/bind_address.js';

/** An instrument that shows a room and a number in it. */
const shown = signal({ room: '', number: 0 });
let isReturn = false;
/** @type {[string, boolean][]} */
const texts = [];

/** Lets every promise that can go on do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** @param {string} text */
function read(text) {
  const [room, number] = text.split('.');
  shown.value = { room, number: Number(number ?? 0) };
}

const bound = {
  state: () => shown.value,
  text: (/** @type {{room: string, number: number}} */ { room, number }) =>
    room || number ? `${room}.${number}` : '',
  read: (/** @type {string} */ text, /** @type {boolean} */ isOurs) => {
    texts.push([text, isOurs]);
    read(text);
  },
  place: (/** @type {{room: string}} */ { room }) => room,
  isStep: (/** @type {string} */ from, /** @type {string} */ to) => from[0] !== to[0],
  isReturn: () => isReturn,
};

/** @type {() => void} */
let stop = () => {};

beforeEach(() => {
  openPage();
  shown.value = { room: '', number: 0 };
  isReturn = false;
  texts.length = 0;
  stop = bindAddress(bound);
  pass(1000);
});

afterEach(() => stop());

const set = (/** @type {string} */ room, number = 0) => (shown.value = { room, number });

test('the address of what is usual has no fragment', () => {
  assert.deepEqual([addressOf(''), addressOf('a.1'), fragment()], ['/lab', '#a.1', '']);
});

test('another place is an entry of its own, a number replaces once it rests', () => {
  set('a');
  set('a', 1);
  set('a', 2);
  assert.deepEqual(entries.urls, ['/lab', '/lab#a.0']);
  pass(300);
  assert.deepEqual(entries.urls, ['/lab', '/lab#a.2']);
});

test('what was changed just before a step stays with the entry that is left', () => {
  set('a');
  set('a', 5);
  batch(() => set('b', 6));
  assert.deepEqual(entries.urls, ['/lab', '/lab#a.5', '/lab#b.6']);
});

test('a place that is no step of its own replaces at once', () => {
  set('a');
  set('aa', 1);
  assert.deepEqual(entries.urls, ['/lab', '/lab#aa.1']);
});

test('Back reads the entry, and is told whether it was written here', async () => {
  set('a', 3);
  entries.urls.push('/lab#z.9');
  go(1);
  await settle();
  assert.deepEqual([texts, shown.value.room], [[['z.9', false]], 'z']);
  go(-1);
  await settle();
  assert.deepEqual(texts[1], ['a.3', true]);
  assert.deepEqual(entries.urls, ['/lab', '/lab#a.3', '/lab#z.9'], 'no step of its own');
});

test('a return goes back in the history where one came from there', async () => {
  set('a');
  isReturn = true;
  set('');
  assert.equal(entries.at, 1, 'on the way');
  pass(1);
  await settle();
  assert.deepEqual([entries.at, texts, shown.value.room], [0, [], '']);
  isReturn = false;
  set('c');
  isReturn = true;
  set('d');
  assert.deepEqual([entries.urls, entries.at], [['/lab', '/lab#d.0'], 1], 'came from elsewhere');
});

test('what is opened while the browser is on its way back is a step of its own', async () => {
  set('a');
  isReturn = true;
  set('');
  isReturn = false;
  set('e', 4);
  pass(1);
  await settle();
  assert.deepEqual([entries.urls, entries.at], [['/lab', '/lab#e.4'], 1]);
});

test('a text that takes its time is no step when it arrives', async () => {
  stop();
  stop = bindAddress({ ...bound, read: (text) => settle().then(() => read(text)) });
  entries.urls.push('/lab#q.1');
  go(1);
  await settle();
  await settle();
  assert.deepEqual([shown.value.room, entries.urls], ['q', ['/lab', '/lab#q.1']]);
});

test('an address stands while it is read, and is written once that is shown', async () => {
  stop();
  /** @type {(() => void)[]} */
  const waiting = [];
  const held = (/** @type {string} */ text) =>
    new Promise((resolve) => waiting.push(() => resolve(read(text))));
  stop = bindAddress({ ...bound, read: held });
  entries.urls.push('/lab#q.1', '/lab#r.2');
  go(1);
  set('', 5);
  pass(1000);
  assert.equal(entries.urls[1], '/lab#q.1', 'what is shown is still what was before');
  go(1);
  waiting[0]();
  await settle();
  pass(1000);
  assert.equal(entries.urls[2], '/lab#r.2', 'nor is a text that was overtaken the present one');
  waiting[1]();
  await settle();
  set('r', 3);
  pass(1000);
  assert.deepEqual(entries.urls, ['/lab', '/lab#q.1', '/lab#r.3']);
});

test('of an address that is entered while the first is read, that is read too', async () => {
  entries.urls[0] = '/lab#a.1';
  const isRead = await readAddress(async (text) => {
    texts.push([text, false]);
    if (text === 'a.1') entries.urls[0] = '/lab#b.2';
    await settle();
  });
  assert.deepEqual([isRead, texts.map(([text]) => text)], [true, ['a.1', 'b.2']]);
  assert.equal(await readAddress(() => assert.fail('it was read before'), 'b.2'), false);
});

test('a slow reading does not keep a link waiting, and is told that it was overtaken', async () => {
  /** @type {Map<string, {end: () => void, isNewest: () => boolean}>} */
  const held = new Map();
  entries.urls[0] = '/lab#slow.1';
  const reading = readAddress(
    (text, isNewest) =>
      new Promise((resolve) => held.set(text, { end: () => resolve(null), isNewest })),
  );
  entries.urls.push('/lab#quick.2');
  go(1);
  assert.deepEqual([...held.keys()], ['slow.1', 'quick.2']);
  assert.deepEqual(
    [...held.values()].map(({ isNewest }) => isNewest()),
    [false, true],
  );
  held.get('quick.2')?.end();
  assert.equal(await reading, true);
  held.get('slow.1')?.end();
});

test('a first reading that fails is told, and ends', async () => {
  const told = mock.fn();
  Object.defineProperty(globalThis, 'reportError', { value: told, configurable: true });
  entries.urls[0] = '/lab#a.1';
  assert.equal(await readAddress(() => Promise.reject(new Error('gone'))), true);
  assert.equal(told.mock.calls[0].arguments[0].message, 'gone');
});

test('leaving writes what has not been written; once stopped nothing is', () => {
  set('a');
  set('a', 7);
  fire('pagehide');
  assert.deepEqual(entries.urls, ['/lab', '/lab#a.7']);
  set('a', 8);
  stop();
  set('b', 9);
  pass(1000);
  assert.deepEqual(entries.urls, ['/lab', '/lab#a.7']);
});
