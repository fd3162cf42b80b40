import assert from 'node:assert/strict';
import test from 'node:test';

import { parseDoubles } from '../../../../static/js/core/doubles.js';
import { isRounding, largestDifference } from '../../../../static/js/core/take_away/check.js';
import {
  EXAMPLE,
  withBias,
  withOperation,
  withSettings,
} from '../../../../static/js/core/experiment/experiment.js';
import { nested, requestOf } from '../../../../static/js/core/take_away/request.js';

test('the API is asked for just what is shown', () => {
  const { path, body } = requestOf(withBias(EXAMPLE, Float64Array.of(2)));
  const { input, ...rest } = body;
  assert.equal(path, '/conv2d');
  assert.deepEqual(/** @type {number[][][]} */ (input)[0][1], [0, 0.2, 0.7, 1, 1, 0.7, 0.2, 0]);
  assert.deepEqual(rest, {
    weight: [
      [
        [
          [-1, 0, 1],
          [-2, 0, 2],
          [-1, 0, 1],
        ],
      ],
    ],
    bias: [2],
    stride: 2,
    padding: 0,
    dilation: 1,
    padding_mode: 'zeros',
    groups: 1,
    flip_kernel: false,
    dtype: 'float64',
  });
  assert.equal(requestOf(EXAMPLE).body.bias, null);
});

test('each operation is asked for with the settings it knows', () => {
  const spread = requestOf(withOperation(EXAMPLE, 'conv_transpose2d'));
  assert.equal(spread.path, '/conv_transpose2d');
  assert.equal(spread.body.output_padding, 0);
  const names = (/** @type {any} */ operation) => {
    const { path, body } = requestOf(withOperation(EXAMPLE, operation));
    assert.deepEqual([path, body.kind], ['/pool2d', operation]);
    return Object.keys(body).slice(2, -1);
  };
  const moving = ['kernel_size', 'stride', 'padding', 'dilation', 'ceil_mode'];
  assert.deepEqual(names('max'), moving);
  assert.deepEqual(names('average'), [...moving, 'count_include_pad', 'divisor_override']);
  assert.deepEqual(names('lp'), [...moving, 'norm_type']);
  assert.deepEqual(names('adaptive_average'), ['output_size']);
  assert.deepEqual(names('global_max'), []);
  const bare = withSettings(withOperation(EXAMPLE, 'max'), { kernel_size: 2 });
  assert.deepEqual(Object.keys(requestOf(bare).body), ['input', 'kind', 'kernel_size', 'dtype']);
  assert.deepEqual(nested([2, 1, 2], Float64Array.of(1, 2, 3, 4)), [[[1, 2]], [[3, 4]]]);
});

test('numbers differ by their largest difference, whatever is not finite by all', () => {
  const of = (/** @type {number[]} */ ...list) => Float64Array.from(list);
  assert.equal(largestDifference(of(1, 2, NaN, -Infinity), of(1, 2.5, NaN, -Infinity)), 0.5);
  assert.equal(largestDifference(of(0), of(-0)), 0);
  assert.equal(largestDifference(of(1), of(NaN)), Infinity);
  assert.equal(largestDifference(of(1), of(1, 2)), Infinity);
  assert.ok(isRounding(1e-13, of(0.1)));
  assert.ok(!isRounding(1e-11, of(0.1, -Infinity)));
  assert.ok(isRounding(1e-11, of(-1000)));
});

test('binary answers are read in float64', () => {
  const header = {
    output: { dtype: 'F64', shape: [1, 2], data_offsets: [0, 16] },
    indices: { dtype: 'I64', shape: [2], data_offsets: [16, 32] },
    single: { dtype: 'F32', shape: [1], data_offsets: [32, 36] },
    __metadata__: { document: '{"code":{}}' },
  };
  const file = bytesOf(header, [
    new Uint8Array(Float64Array.of(0.1, -Infinity).buffer),
    new Uint8Array(BigInt64Array.of(7n, -1n).buffer),
    new Uint8Array(Float32Array.of(0.5).buffer),
  ]);
  const { tensors, document } = parseDoubles(file);
  assert.deepEqual(document, { code: {} });
  assert.deepEqual(tensors.get('output'), {
    shape: [1, 2],
    data: Float64Array.of(0.1, -Infinity),
  });
  assert.deepEqual(tensors.get('indices')?.data, Float64Array.of(7, -1));
  assert.deepEqual(tensors.get('single')?.data, Float64Array.of(0.5));
  assert.equal(parseDoubles(bytesOf({}, [])).document, null);
  const other = { whole: { dtype: 'I8', shape: [1], data_offsets: [0, 1] } };
  assert.throws(() => parseDoubles(bytesOf(other, [Uint8Array.of(1)])), /dtype I8/);
});

/**
 * @param {object} header
 * @param {Uint8Array[]} parts
 */
function bytesOf(header, parts) {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const all = [new Uint8Array(8), text, ...parts].map((part) => Array.from(part)).flat();
  const bytes = Uint8Array.from(all);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  return bytes.buffer;
}
