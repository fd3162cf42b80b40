import assert from 'node:assert/strict';
import { test } from 'node:test';

import { define, get, keep, load } from '../../../static/js/bundle/registry.js';

/** @type {string[]} */
const told = [];
/** @param {string} name */
const tell = (name) => void told.push(name);
/** @returns {string[]} what was told since the last time */
const heard = () => told.splice(0);

test('a module is made once, when it is wanted', () => {
  define('a', () => {
    tell('a is made');
    return { one: {} };
  });
  assert.deepEqual(heard(), []);
  assert.equal(get('a').one, get('a').one);
  assert.deepEqual(heard(), ['a is made']);
});

test('one that comes twice stays the first', () => {
  define('twice', () => ({ which: 'first' }));
  define('twice', () => ({ which: 'second' }));
  assert.equal(get('twice').which, 'first');
  define('twice', () => ({ which: 'third' }));
  assert.equal(get('twice').which, 'first');
});

test('what came by itself is what it exports', () => {
  const exports = { default: 1 };
  keep('lib', exports);
  assert.equal(get('lib'), exports);
});

test('one that fails is not made again and fails with the same error', () => {
  define('broken', () => {
    tell('broken is made');
    throw new Error('no');
  });
  for (let time = 0; time < 2; time += 1) assert.throws(() => get('broken'), { message: 'no' });
  assert.deepEqual(heard(), ['broken is made']);
});

test('what no file has brought is named', () => {
  assert.throws(() => get('js/nowhere.js'), /No file has brought js\/nowhere\.js/);
});

test('what may not have come is brought with all that it needs, until it is made', async () => {
  const bring = async () => {
    tell('brought');
    define('needed', () => ({ value: 4 }));
    define('later', () => ({ double: 2 * get('needed').value }));
  };
  const [one, other] = await Promise.all([load('later', bring), load('later', bring)]);
  assert.equal(one.double, 8);
  assert.equal(one, other);
  assert.deepEqual(heard(), ['brought', 'brought']);
  assert.equal(await load('later', bring), one);
  assert.deepEqual(heard(), []);
});

test('one that is there before what it needs waits for that', async () => {
  define('early', () => ({ sum: 1 + get('its part').value }));
  const bring = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    define('its part', () => ({ value: 1 }));
  };
  assert.equal((await load('early', bring)).sum, 2);
});

test('what could not be fetched can be asked for again', async () => {
  const lost = () => Promise.reject(new Error('offline'));
  await assert.rejects(load('fetched', lost), { message: 'offline' });
  const found = await load('fetched', async () => define('fetched', () => ({ is: 'there' })));
  assert.equal(found.is, 'there');
});
