import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { createTray, getSample, onePerLabel } from '../../../static/js/state/samples.js';
import { safetensors } from './safetensors.js';

/**
 * @param {string} name
 * @param {number | null} label
 */
const digit = (name, label, kind = 'digit') => ({ name, kind, label });

test('the tray has one digit of each label in order, and the next writers the next time', () => {
  const all = [
    digit('b', 1),
    digit('a', 0),
    digit('c', 1),
    digit('d', 0),
    digit('e', 0),
    digit('checkerboard', null, 'pattern'),
    digit('shirt', 0, 'clothes'),
  ];
  assert.deepEqual(onePerLabel(all, 0, 'digit'), ['a', 'b']);
  assert.deepEqual(onePerLabel(all, 1, 'digit'), ['d', 'c']);
  assert.deepEqual(onePerLabel(all, 2, 'digit'), ['e', 'b']);
  assert.deepEqual(onePerLabel(all, 3, 'digit'), ['a', 'c']);
  assert.deepEqual(onePerLabel(all, 1, 'clothes'), ['shirt']);
});

test('a tray comes in one answer, and of its samples none is asked for twice', async () => {
  const all = [digit('a', 0), digit('b', 1), digit('c', 0), digit('d', 1)];
  /** @type {string[]} */
  const asked = [];
  const image = { scale: { minimum: [0.2], maximum: [1] } };
  mock.method(globalThis, 'fetch', async (/** @type {string} */ address) => {
    asked.push(address.replace('./api/v1/samples', ''));
    const names = /names=([^&]*)/.exec(address)?.[1].split(',');
    if (!names) return Response.json(all);
    const samples = names.map((name) => ({ ...all.find((each) => each.name === name), image }));
    return safetensors(Object.fromEntries(names.map((name) => [name, [0, 255]])), { samples });
  });
  const tray = createTray();
  await tray.load();
  const [first, second] = tray.samples.value;
  assert.deepEqual([first.name, first.label, first.shows], ['a', 0, 'digit']);
  assert.deepEqual([second.name, [...second.pixels]], ['b', [51, 255]]);
  await tray.load();
  assert.deepEqual(
    tray.samples.value.map(({ name }) => name),
    ['c', 'd'],
  );
  await tray.load();
  assert.deepEqual(tray.samples.value, [first, second]);
  assert.equal(await getSample('b'), second);
  assert.deepEqual(asked, [
    '',
    '/pictures?names=a,b&dtype=uint8',
    '/pictures?names=c,d&dtype=uint8',
  ]);
  mock.restoreAll();
});
