import assert from 'node:assert/strict';
import test from 'node:test';

import katex from 'katex';

import {
  EXAMPLE,
  gradients,
  OPERATION_NAMES,
  outcome,
  withBias,
  withInChannels,
  withInputSize,
  withOperation,
  withOutputGradientCell,
  withSettings,
} from '../../../../static/js/core/experiment/experiment.js';
import { autogradOf } from '../../../../static/js/core/take_away/autograd.js';
import { csvOf, npyOf } from '../../../../static/js/core/take_away/number_file.js';
import { curlOf, jsonRows } from '../../../../static/js/core/take_away/curl.js';
import { filmOf, MOST_FRAMES } from '../../../../static/js/core/take_away/film.js';
import { latexOf, plainTex } from '../../../../static/js/core/take_away/latex.js';
import { gradientsRequestOf, requestOf } from '../../../../static/js/core/take_away/request.js';
import { svgOf } from '../../../../static/js/core/take_away/svg.js';
import {
  filesOf,
  jsonOf,
  tensorsOf,
  titleOf,
} from '../../../../static/js/core/take_away/tensors.js';
import { numbers } from '../made.js';

/** @typedef {import('../../../../static/js/core/experiment/experiment.js').Experiment} Experiment */

/** @param {Experiment} experiment */
function computed(experiment) {
  const found = outcome(experiment);
  return found.kind === 'computed' ? found : assert.fail(found.sentence);
}

test('the command asks for what is shown', () => {
  const command = curlOf(requestOf(withOperation(EXAMPLE, 'max')), 'http://127.0.0.1:8000');
  const [head, body] = command.split("<<'JSON'\n");
  assert.ok(head.startsWith('curl -s http://127.0.0.1:8000/api/v1/pool2d \\\n'));
  const sent = JSON.parse(body.replace(/\nJSON\n$/, ''));
  assert.deepEqual(sent, requestOf(withOperation(EXAMPLE, 'max')).body);
});

test('the API is asked for the gradients of every operation', () => {
  const weighed = withOutputGradientCell(EXAMPLE, { channel: 0, row: 1, column: 2 }, -0.5);
  const asked = gradientsRequestOf(weighed);
  assert.equal(asked?.path, '/conv2d/gradients');
  const { output_gradient, ...body } = asked?.body ?? {};
  assert.deepEqual(output_gradient, [
    [
      [1, 1, 1],
      [1, 1, -0.5],
      [1, 1, 1],
    ],
  ]);
  assert.deepEqual(body, requestOf(weighed).body);
  const names = /** @type {const} */ (['max', 'average', 'lp', 'conv_transpose2d']);
  const paths = names.map((name) => gradientsRequestOf(withOperation(EXAMPLE, name))?.path);
  assert.deepEqual(paths, [
    '/pool2d/gradients',
    '/pool2d/gradients',
    '/pool2d/gradients',
    '/conv_transpose2d/gradients',
  ]);
  const refused = { ...EXAMPLE, settings: { ...EXAMPLE.settings, dilation: 9 } };
  assert.equal(gradientsRequestOf(refused), null);
});

test('the text of the gradients weighs each output value by what is shown', () => {
  const text =
    'import torch\n\noutput_gradient = torch.ones_like(output)\noutput.backward(output_gradient)\n';
  assert.equal(autogradOf(null, null), null);
  assert.equal(autogradOf(text, null), text);
  const few = { shape: [1, 2, 2], data: Float64Array.of(1, -0.5, 2, 0) };
  assert.equal(
    autogradOf(text, few)?.split('\n').slice(2, 4).join('\n'),
    'output_gradient = torch.tensor([[[1, -0.5],\n' +
      '                                 [2, 0]]], dtype=torch.float64)',
  );
  const many = { shape: [1, 33, 32], data: new Float64Array(33 * 32) };
  const large = autogradOf(text, many) ?? '';
  assert.ok(large.startsWith('import numpy\nimport torch\n'));
  assert.deepEqual(filesOf(large), ['output_gradient']);
  const both = autogradOf(`import numpy\n${text}`, many) ?? '';
  assert.equal(both.match(/import numpy/g)?.length, 1);
});

test('numbers that are not finite have their name', () => {
  const values = { shape: [1, 3], data: Float64Array.of(NaN, Infinity, -Infinity) };
  assert.deepEqual(JSON.parse(jsonOf(values)).data, [['NaN', 'Infinity', '-Infinity']]);
  assert.equal(csvOf(values), 'NaN,Infinity,-Infinity\n');
});

test('a matrix is written a row a line', () => {
  assert.equal(
    jsonRows({
      a: [
        [1, 2.5],
        [3, 4],
      ],
      b: null,
      c: 'd',
    }),
    '{\n "a": [[1, 2.5],\n       [3, 4]],\n "b": null,\n "c": "d"\n}',
  );
  const deep = { padding: { top: 1 }, list: [{ a: 1 }] };
  assert.deepEqual(JSON.parse(jsonRows(deep)), deep);
});

test('numbers for a spreadsheet are read back as they were', () => {
  const values = numbers(2, 3, 4);
  const blocks = csvOf(values).trimEnd().split('\n\n');
  const read = blocks.flatMap((block) =>
    block.split('\n').flatMap((line) => line.split(',').map(Number)),
  );
  assert.equal(blocks.length, 2);
  assert.deepEqual(read, [...values.data]);
  assert.equal(csvOf({ shape: [2], data: Float64Array.of(1, -0.5) }), '1\n-0.5\n');
});

test('a file for numpy says its shape and holds every number', () => {
  for (const shape of [[3], [2, 3, 4], [1, 1, 64, 64]]) {
    const values = numbers(...shape);
    const bytes = npyOf(values);
    const view = new DataView(bytes.buffer);
    const length = view.getUint16(8, true);
    assert.equal((10 + length) % 64, 0);
    const header = new TextDecoder().decode(bytes.subarray(10, 10 + length));
    const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
    assert.equal(
      header.trimEnd(),
      `{'descr': '<f8', 'fortran_order': False, 'shape': (${sizes}), }`,
    );
    const last = values.data.length - 1;
    assert.equal(view.getFloat64(10 + length + 8 * last, true), values.data[last]);
    assert.equal(bytes.length, 10 + length + 8 * values.data.length);
  }
});

test('tensors have PyTorch’s names', () => {
  const names = (/** @type {Experiment} */ experiment) =>
    Object.keys(tensorsOf(experiment, outcome(experiment)));
  assert.deepEqual(names(EXAMPLE), ['output', 'input', 'weight']);
  assert.deepEqual(names(withBias(EXAMPLE, Float64Array.of(1))), [
    'output',
    'input',
    'weight',
    'bias',
  ]);
  assert.deepEqual(names(withOperation(EXAMPLE, 'max')), ['output', 'indices', 'input']);
  assert.deepEqual(names(withOperation(EXAMPLE, 'average')), ['output', 'input']);
  const biased = withBias(EXAMPLE, Float64Array.of(0.5));
  const shown = tensorsOf(biased, outcome(biased), gradients(biased));
  assert.deepEqual(Object.keys(shown).slice(0, 5).map(titleOf), [
    'gradient of input',
    'gradient of weight',
    'gradient of bias',
    'gradient of output',
    'output',
  ]);
  const refused = { ...EXAMPLE, settings: { ...EXAMPLE.settings, dilation: 9 } };
  assert.deepEqual(names(refused), ['input', 'weight']);
  const { output } = tensorsOf(EXAMPLE, outcome(EXAMPLE));
  const read = JSON.parse(jsonOf(output));
  assert.deepEqual([read.shape, read.dtype], [[1, 3, 3], 'float64']);
  assert.deepEqual(read.data.flat(3), [...output.data]);
});

test('what a program reads from files is known', () => {
  const text = 'a = torch.from_numpy(numpy.load("input.npy"))\nb = np.load("weight.npy")';
  assert.deepEqual(filesOf(text), ['input', 'weight']);
  assert.deepEqual(filesOf(null), []);
});

/** @type {[string, Experiment][]} */
const SHOWN = [
  ...OPERATION_NAMES.map(
    (operation) =>
      /** @type {[string, Experiment]} */ ([operation, withOperation(EXAMPLE, operation)]),
  ),
  ['flipped', withSettings(EXAMPLE, { ...EXAMPLE.settings, flip_kernel: true, stride: [1, 2] })],
  ['biased', withBias(EXAMPLE, Float64Array.of(0.125))],
  [
    'padded',
    withSettings(EXAMPLE, {
      ...EXAMPLE.settings,
      padding: { top: 1, bottom: 0, left: 2, right: 1 },
    }),
  ],
  ['channels', withInChannels(EXAMPLE, 3)],
  ['small transposed', withInputSize(withOperation(EXAMPLE, 'conv_transpose2d'), 2, 3)],
  ['large', withInputSize(EXAMPLE, 40, 40)],
];

for (const [name, experiment] of SHOWN) {
  test(`LaTeX of ${name} can be typeset`, () => {
    const value = { symbols: '\\htmlClass{lit}{S_{0}} = \\sum x', numbers: '= 1' };
    const text = latexOf(experiment, computed(experiment), value);
    const displays = [...text.matchAll(/\\\[\n(.*?)\n\\\]/gs)].map(([, display]) => display);
    // Matrices stand there where they are small.
    const isSmall = !['channels', 'large', 'conv_transpose2d'].includes(name);
    assert.equal(displays.length, isSmall ? 2 : 1);
    for (const display of displays) {
      assert.ok(!display.includes('\\html'));
      katex.renderToString(display, { displayMode: true, throwOnError: true, strict: 'error' });
    }
    assert.ok(text.includes('S_{0} &= '));
  });
}

test('numbers that are not finite have their sign in LaTeX', () => {
  const input = { shape: [1, 1, 2], data: Float64Array.of(Infinity, -Infinity) };
  const wild = withSettings(
    { ...withOperation(EXAMPLE, 'max'), input },
    { kernel_size: 1, stride: 1 },
  );
  const text = latexOf(wild, computed(wild), { symbols: 'I_{0}(0, 1)', numbers: '' });
  assert.ok(text.includes('\\\\\n  & I_{0}(0, 1)\n'));
  assert.ok(!latexOf(wild, computed(wild), null).includes('I_{0}'));
  assert.ok(text.includes('\\infty & -\\infty'));
  assert.equal(plainTex('a'), 'a');
});

test('a drawing is a document of squares and texts', () => {
  const rect = { x: 0, y: 1.234, width: 10, height: 10 };
  const text = svgOf({
    width: 20,
    height: 30,
    title: 'a < b & "c"',
    background: '#ffffff',
    hatch: '#000000',
    fills: [
      { rect, fill: '#ff0000', line: '#eeeeee' },
      { rect, fill: '#00ff00', isHatched: true },
    ],
    outlines: [{ rect, stroke: '#0000ff', width: 2 }],
    labels: [
      { x: 5, y: 5, text: '−1', size: 9, fill: '#000000', opacity: 0.6 },
      { x: 5, y: 5, text: 'input', size: 11, fill: '#000000', isStart: true, isBold: true },
    ],
  });
  assert.ok(text.includes('<title>a &lt; b &amp; &quot;c&quot;</title>'));
  assert.equal(text.match(/<rect /g)?.length, 5);
  assert.ok(text.includes('y="1.23"'));
  assert.equal(text.match(/stroke="#eeeeee"/g)?.length, 1);
  assert.ok(text.includes('x="1" y="2.23" width="8" height="8" fill="none"'));
  assert.equal(text.match(/<text /g)?.length, 2);
});

test('a film has a frame an output position, as far as there are not too many', () => {
  assert.deepEqual(filmOf(9).frames, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.equal(filmOf(9).delayMs, 500);
  const { frames, delayMs } = filmOf(62 * 62);
  assert.ok(frames.length <= MOST_FRAMES && frames.length > MOST_FRAMES / 2);
  assert.equal(frames.at(-1), 62 * 62 - 1);
  assert.equal(new Set(frames.slice(1).map((frame, at) => frame - frames[at])).size, 1);
  assert.equal(delayMs, 110);
  assert.deepEqual(filmOf(0).frames, []);
});
