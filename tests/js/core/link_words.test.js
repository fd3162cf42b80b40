import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  unknownOf,
  unknownSentence,
  unreadOf,
  unreadSentence,
} from '../../../static/js/core/link_words.js';

const SHOWN = { title: 'MyCNN', open: 'the whole network', paper: 'the sample 7' };

test('a link that can be read needs no words', () => {
  assert.equal(unreadSentence([], SHOWN), '');
});

test('what cannot be read is named, and what is shown instead', () => {
  /** @type {(name: string, text: string) => string} */
  const said = (name, text) => unreadSentence([{ name, text }], SHOWN);
  assert.equal(said('network', 'resnet50'), 'There is no network “resnet50” here; MyCNN is shown.');
  assert.equal(
    said('open', 'conv9.1'),
    'MyCNN has no “conv9.1” to open; the whole network is shown.',
  );
  assert.match(said('ink', 'AAAA'), /cut off or changed; the sample 7 is shown/);
  assert.equal(said('zoom', '7'), 'The link’s “zoom=7” is unknown and left out.');
});

test('a long text is cut, and several are told one after the other', () => {
  const texts = [
    { name: 'open', text: 'x'.repeat(100) },
    { name: 'range', text: 'y' },
  ];
  assert.match(unreadSentence(texts, SHOWN), /“x{24}…” to open.* “range=y”/);
});

test('what is there but cannot be used says why itself', () => {
  assert.deepEqual(unreadOf('zoom', '2', true), []);
  assert.deepEqual(unreadOf('open', 'conv1', undefined), []);
  assert.deepEqual(unreadOf('open', 'conv9', false), [{ name: 'open', text: 'conv9' }]);
  const unread = unreadOf('network', 'vgg16', 'VGG-16: The weights lack a.');
  assert.equal(unreadSentence(unread, SHOWN), 'VGG-16: The weights lack a. MyCNN is shown.');
});

test('what no page of ours wrote is told of once, and not without end', () => {
  const fields = new URLSearchParams('zoom=2&filters=99&filters=3&bare&=nameless');
  const unknown = unknownOf(fields, ['zoom']);
  assert.deepEqual(unknown, [
    { name: 'filters', text: '3' },
    { name: 'bare', text: '' },
  ]);
  assert.deepEqual(
    unknown.map(({ name, text }) => unknownSentence(name, text)),
    [
      'The link’s “filters=3” is unknown and left out.',
      'The link’s “bare” is unknown and left out.',
    ],
  );
  assert.equal(unknownOf(new URLSearchParams('a&b&c&d&e'), []).length, 3);
});
