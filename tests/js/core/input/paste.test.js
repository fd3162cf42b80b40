import assert from 'node:assert/strict';
import test from 'node:test';

import { parsePasted } from '../../../../static/js/core/input/paste.js';

/** The values as [shape, numbers]. @param {string} text */
function values(text) {
  const found = parsePasted(text);
  assert.ok('values' in found, 'sentence' in found ? found.sentence : '');
  return [found.values.shape, Array.from(found.values.data)];
}

/** @param {string} text @param {import('../../../../static/js/core/input/paste.js').Most} [most] */
function sentence(text, most) {
  const found = parsePasted(text, most);
  return 'sentence' in found ? found.sentence : null;
}

const SQUARE = [
  [1, 2, 2],
  [1, 2, 3.5, -4],
];

test('rows from a spreadsheet, a file, a text', () => {
  const texts = [
    '1\t2\n3.5\t-4',
    '1\t2\r\n3,5\t-4\r\n',
    '\uFEFF1,2\n3.5,-4\n',
    '1, 2,\n3.5, -4,\n',
    '1;2\n3,5;−4',
    '1;2;\n3.5;-4;',
    '  1 2\n 3.5   -4  ',
    '1 2\n3,5 -4',
    '1e0 2\n.35e1 -4.',
  ];
  for (const text of texts) assert.deepEqual(values(text), SQUARE, text);
  assert.deepEqual(values('7'), [[1, 1, 1], [7]]);
  assert.deepEqual(values('1,2\n3,4'), [
    [1, 2, 2],
    [1, 2, 3, 4],
  ]);
});

test('a comma that may stand between thousands is refused, a decimal one is told', () => {
  const refused = {
    '1,000\t2': '1,000',
    '1\t2\n-12,345\t4': '-12,345',
    '1,000;2': '1,000',
    '1,000 2': '1,000',
    '1.5\t1,000\t2,5': '1,000',
    '1,000\n2,000': '1,000',
  };
  for (const [text, what] of Object.entries(refused)) {
    assert.equal(
      sentence(text),
      `“${what}” may be ${what.replace(',', '')} or ${what.replace(',', '.')}: ` +
        'write it without the comma.',
    );
  }
  assert.match(String(sentence('1,000,000\t2,5')), /^“1,000,000” may be 1000000 or 1\.000,000/);
  const note = 'The commas were read as decimal points.';
  for (const [text, data, told] of /** @type {const} */ ([
    ['3,5\t2', [3.5, 2], note],
    ['1,000\t2,5', [1, 2.5], note],
    ['0,125\t2', [0.125, 2], note],
    ['1234,567;2', [1234.567, 2], note],
    ['2,12345 -0,5', [2.12345, -0.5], note],
    ['1000\t2', [1000, 2], null],
    ['1.000\t2', [1, 2], null],
    ['1,100,2', [1, 100, 2], null],
    ['[1, 2]', [1, 2], null],
  ])) {
    const found = parsePasted(text);
    assert.ok('values' in found, text);
    assert.deepEqual([Array.from(found.values.data), found.note], [data, told], text);
  }
});

test('an empty line begins the next channel', () => {
  assert.deepEqual(values('1 2\n3 4\n\n5 6\n7 8\n  \n9 10\n11 12'), [
    [3, 2, 2],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  ]);
});

test('nested arrays as JSON, NumPy and PyTorch print them', () => {
  const texts = [
    '[[1, 2], [3.5, -4]]',
    '[[1, 2],\n [3.5, -4],]',
    '[[ 1.   2. ]\n [ 3.5 -4. ]]',
    'tensor([[ 1.0000,  2.0000],\n        [ 3.5000, -4.0000]], dtype=torch.float64)',
    'np.array([[1, 2], [3.5, -4]])',
    '[[[1, 2], [3.5, -4]]]',
    '[[[[1, 2], [3.5, -4]]]]',
  ];
  for (const text of texts) assert.deepEqual(values(text), SQUARE, text);
  assert.deepEqual(values('[1, 2, 3]'), [
    [1, 1, 3],
    [1, 2, 3],
  ]);
  assert.deepEqual(values('[[[1]], [[2]]]'), [
    [2, 1, 1],
    [1, 2],
  ]);
});

test('what cannot be read is told in a sentence that says where', () => {
  const cases = [
    ['', 'There is nothing to read: paste rows of numbers.'],
    ['1 2\n3', 'Row 2 has 1 number, the first row has 2.'],
    ['1 2\n\n3 4\n5 6', 'Channel 2 has 2 rows, channel 1 has 1.'],
    ['1 2\n3 4\n\n5 6\n7', 'Row 2 of channel 2 has 1 number, the first row has 2.'],
    ['1\t\n2\t3', 'Row 1, column 2 is empty.'],
    ['1,,3', 'Row 1, column 2 is empty.'],
    ['1 two', 'Row 1, column 2 is “two”, which is not a number.'],
    ['[[1, null]]', 'Row 1, column 2 is “null”, which is not a number.'],
    ['1 1e999', 'Row 1, column 2 is “1e999”, which is not a number.'],
    ['a\tb\nc\td', 'Row 1, column 1 is “a”, which is not a number.'],
    ['[[1, 2], 3]', 'The brackets are nested unevenly: every row has to be a list of numbers.'],
    ['[[1], []]', 'The brackets are nested unevenly: every row has to be a list of numbers.'],
    ['[]', 'The brackets are nested unevenly: every row has to be a list of numbers.'],
    ['[[1, 2], [3, 4]', 'The brackets do not match: every [ needs its ].'],
    ['[[1]]]', 'The brackets do not match: every [ needs its ].'],
    ['[1] [2]', 'The brackets do not match: every [ needs its ].'],
    ['[1', 'The brackets do not match: every [ needs its ].'],
    ['[[[[1]]], [[[1]]]]', 'These are lists 4 deep; a matrix is 2 deep, several channels are 3.'],
    ['[[[[[1]]]]]', 'These are lists 5 deep; a matrix is 2 deep, several channels are 3.'],
    [Array(65).fill('1').join(' '), 'That is 1×65 numbers; at most 64×64 fit.'],
    [Array(65).fill('1').join('\n'), 'That is 65×1 numbers; at most 64×64 fit.'],
    [Array(9).fill('1').join('\n\n'), 'There are 9 channels; at most 8 fit.'],
  ];
  for (const [text, wanted] of cases) assert.equal(sentence(text), wanted, text);
  const most = { channels: 1, rows: 11, columns: 11 };
  assert.equal(sentence('1\n\n2', most), 'There are 2 channels; at most 1 fit.');
  assert.equal(
    sentence(Array(12).fill('1').join(' '), most),
    'That is 1×12 numbers; at most 11×11 fit.',
  );
});
