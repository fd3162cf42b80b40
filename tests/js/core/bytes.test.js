import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  ByteReader,
  ByteWriter,
  fromBase64Url,
  toBase64Url,
} from '../../../static/js/core/bytes.js';

test('base64url is what Node writes, for every length and byte', () => {
  for (let length = 0; length < 300; length += 1) {
    const bytes = Array.from({ length }, (_, i) => (i * 89 + length) % 256);
    const text = toBase64Url(bytes);
    assert.equal(text, Buffer.from(bytes).toString('base64url'));
    assert.deepEqual([...(fromBase64Url(text) ?? [])], bytes);
  }
});

test('what is not base64url has no bytes', () => {
  for (const text of ['A', 'AAAAA', 'ab=c', 'ab+c', 'ab/c', 'äöü€', 'ab c']) {
    assert.equal(fromBase64Url(text), null, text);
  }
});

test('numbers are read as they were written, small ones in one byte', () => {
  const wholes = [0, 1, 127, 128, 300, 16_383, 16_384, 2 ** 28 - 1];
  const signeds = [0, -1, 1, -64, 63, -65, 64, 5_000, -5_000];
  const out = new ByteWriter();
  wholes.forEach((value) => out.whole(value));
  signeds.forEach((value) => out.signed(value));
  const input = new ByteReader(Uint8Array.from(out.bytes));
  assert.deepEqual(
    wholes.map(() => input.whole()),
    wholes,
  );
  assert.deepEqual(
    signeds.map(() => input.signed()),
    signeds,
  );
  assert.equal(input.remaining, 0);
  const short = new ByteWriter();
  [-64, 0, 63].forEach((value) => short.signed(value));
  assert.equal(short.bytes.length, 3);
});

test('bytes that end early, numbers without end and counts without bytes fail', () => {
  const fails = (
    /** @type {(input: ByteReader) => number} */ read,
    /** @type {number[]} */ bytes,
  ) => {
    const input = new ByteReader(Uint8Array.from(bytes));
    assert.equal(read(input), 0);
    assert.ok(input.hasFailed);
    assert.equal(input.remaining, 0);
  };
  fails((input) => input.byte(), []);
  fails((input) => input.whole(), [128]);
  fails((input) => input.whole(), [255, 255, 255, 255, 255, 1]);
  fails((input) => input.count(1), [3, 0, 0]);
  const good = new ByteReader(Uint8Array.from([2, 0, 0]));
  assert.equal(good.count(1), 2);
  assert.ok(!good.hasFailed);
});
