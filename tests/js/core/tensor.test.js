import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  dequantize,
  encodeNpy,
  halfToNumber,
  mapsOf,
  parseSafetensors,
} from '../../../static/js/core/tensor.js';

/**
 * A safetensors file made by hand from the format's description.
 * @param {Record<string, {dtype: string, shape: number[], bytes: Uint8Array}>} entries
 * @param {unknown} document
 * @param {number} pad  spaces behind the header, so that offsets are not always aligned
 */
function file(entries, document, pad = 0) {
  /** @type {Record<string, unknown>} */
  const header =
    document === undefined ? {} : { __metadata__: { document: JSON.stringify(document) } };
  let offset = 0;
  for (const [name, { dtype, shape, bytes }] of Object.entries(entries)) {
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header) + ' '.repeat(pad));
  const out = new Uint8Array(8 + text.length + offset);
  new DataView(out.buffer).setBigUint64(0, BigInt(text.length), true);
  out.set(text, 8);
  let at = 8 + text.length;
  for (const { bytes } of Object.values(entries)) {
    out.set(bytes, at);
    at += bytes.length;
  }
  return out.buffer;
}

const bytesOf = (/** @type {ArrayBufferView} */ values) =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();

test('every dtype an answer can have is read, wherever it lies', () => {
  for (let pad = 0; pad < 8; pad += 1) {
    const { tensors, document } = parseSafetensors(
      file(
        {
          odd: { dtype: 'U8', shape: [3], bytes: Uint8Array.of(0, 128, 255) },
          single: { dtype: 'F32', shape: [1, 2], bytes: bytesOf(Float32Array.of(1.5, -2)) },
          double: { dtype: 'F64', shape: [1], bytes: bytesOf(Float64Array.of(0.25)) },
          whole: { dtype: 'I64', shape: [2], bytes: bytesOf(BigInt64Array.of(-3n, 75n)) },
          half: { dtype: 'F16', shape: [2], bytes: bytesOf(Uint16Array.of(0x3c00, 0xc100)) },
        },
        { a: 1 },
        pad,
      ),
    );
    assert.deepEqual([...(tensors.get('odd')?.data ?? [])], [0, 128, 255]);
    assert.deepEqual([...(tensors.get('single')?.data ?? [])], [1.5, -2]);
    assert.deepEqual(tensors.get('single')?.shape, [1, 2]);
    assert.deepEqual([...(tensors.get('double')?.data ?? [])], [0.25]);
    assert.deepEqual([...(tensors.get('whole')?.data ?? [])], [-3, 75]);
    assert.deepEqual([...(tensors.get('half')?.data ?? [])], [1, -2.5]);
    assert.deepEqual(document, { a: 1 });
  }
});

test('a file without a document has none, and an unknown dtype is refused by name', () => {
  assert.equal(parseSafetensors(file({}, undefined)).document, null);
  const odd = file({ x: { dtype: 'BF16', shape: [1], bytes: new Uint8Array(2) } }, null);
  assert.throws(() => parseSafetensors(odd), /BF16/);
});

test('float16: zero, subnormal, infinity, NaN and the largest', () => {
  assert.equal(halfToNumber(0), 0);
  assert.equal(halfToNumber(0x0001), 2 ** -24);
  assert.equal(halfToNumber(0x7bff), 65504);
  assert.equal(halfToNumber(0xfc00), -Infinity);
  assert.ok(Number.isNaN(halfToNumber(0x7e00)));
});

test('npy: magic, a header that ends on 64 bytes, the shape as Python writes it, the values', () => {
  for (const [shape, text] of /** @type {[number[], string][]} */ ([
    [[6], '(6,)'],
    [[2, 3], '(2, 3)'],
    [[1, 2, 3], '(1, 2, 3)'],
  ])) {
    const bytes = encodeNpy(Uint8Array.of(1, 2, 3, 4, 5, 6), shape);
    const headerBytes = bytes[8] + 256 * bytes[9];
    assert.equal((10 + headerBytes) % 64, 0);
    const header = new TextDecoder('latin1').decode(bytes.slice(10, 10 + headerBytes));
    assert.match(header, /'descr': '\|u1', 'fortran_order': False/);
    assert.ok(header.includes(`'shape': ${text}`) && header.endsWith('\n'));
    assert.deepEqual([...bytes.slice(10 + headerBytes)], [1, 2, 3, 4, 5, 6]);
  }
});

test('npy: float32 as they lie, of a part of a buffer too', () => {
  const values = Float32Array.of(9, 0.5, -2).subarray(1);
  const bytes = encodeNpy(values, [2]);
  const headerBytes = bytes[8] + 256 * bytes[9];
  const header = new TextDecoder('latin1').decode(bytes.slice(10, 10 + headerBytes));
  assert.match(header, /'descr': '<f4'.*'shape': \(2,\)/);
  assert.deepEqual([...new Float32Array(bytes.slice(10 + headerBytes).buffer)], [0.5, -2]);
});

test('bytes between a minimum and a maximum become values again, map by map', () => {
  const tensors = new Map([
    ['conv1', { shape: [2, 1, 2], data: Float32Array.of(0, 255, 0, 51) }],
    ['logits', { shape: [1], data: Float32Array.of(7) }],
  ]);
  const layers = [
    { name: 'conv1', scale: { minimum: [-1, 0], maximum: [1, 10] } },
    { name: 'logits' },
    { name: 'absent', scale: { minimum: [], maximum: [] } },
  ];
  const found = dequantize({ tensors, document: { layers } });
  assert.deepEqual([...(found.get('conv1')?.data ?? [])], [-1, 1, 0, 2]);
  assert.deepEqual([...(found.get('logits')?.data ?? [])], [7]);
});

test('maps of a volume, of a vector, of nothing', () => {
  assert.deepEqual(mapsOf([32, 28, 14]), { count: 32, rows: 28, columns: 14 });
  assert.deepEqual(mapsOf([128]), { count: 128, rows: 1, columns: 1 });
  assert.deepEqual(mapsOf([]), { count: 0, rows: 1, columns: 1 });
});
