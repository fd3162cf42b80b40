import assert from 'node:assert/strict';
import test from 'node:test';

import {
  cellText,
  exactText,
  stepped,
  typedNumber,
} from '../../../../static/js/core/input/typed_number.js';

test('a typed number is read as people write it', () => {
  const meant = {
    1: 1,
    '-1': -1,
    '−2.5': -2.5,
    '+3': 3,
    ' 0,5 ': 0.5,
    '0,125': 0.125,
    '1,5': 1.5,
    '.25': 0.25,
    '7.': 7,
    '1/9': 1 / 9,
    '-1 / 4': -0.25,
    '2e-3': 0.002,
    '1E2': 100,
  };
  for (const [text, value] of Object.entries(meant)) assert.equal(typedNumber(text), value, text);
});

test('what means no number is none', () => {
  for (const text of [
    '',
    '-',
    'abc',
    '1/0',
    '1/2/3',
    '1.2.3',
    '1,000',
    '-12,345',
    '0x10',
    'Infinity',
    '1/',
    '1e999',
  ]) {
    assert.equal(typedNumber(text), null, text);
  }
});

test('steps leave no dust', () => {
  assert.equal(stepped(0.1, 2, 0.1), 0.3);
  assert.equal(stepped(0.3, -3, 0.1), 0);
  assert.equal(stepped(-1, 1, 0.5), -0.5);
  assert.equal(stepped(0, 3, 1), 3);
});

test('a cell says a number in few characters', () => {
  assert.equal(cellText(1, false), '1');
  assert.equal(cellText(-1, true), '−1');
  assert.equal(cellText(1 / 9, false), '0.11');
  assert.equal(cellText(-1 / 9, true), '−.11');
  assert.equal(cellText(-0.001, true), '0');
  assert.equal(cellText(12.345, false), '12.3');
  assert.equal(cellText(-123.4, false), '−123');
  assert.equal(cellText(-12_345, false), '−1e4');
  assert.equal(cellText(0, false), '0');
});

test('a number to be edited has all its digits', () => {
  assert.equal(exactText(0.1 + 0.2), '0.3');
  assert.equal(exactText(1 / 3), '0.333333333333');
  assert.equal(exactText(-2), '-2');
});
