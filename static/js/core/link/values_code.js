// Numbers as a short text for a link, to the last digit, and back.

import { ByteReader, ByteWriter, fromBase64Url, toBase64Url } from '../bytes.js';

/** @import {Values} from '../experiment/experiment.js' */

/**
 * The shape; then how numbers are written: as whole multiples of a fraction, equal ones in a row once,
 * where all of them are, else as float32 or float64.
 */

/** Tenths, 255ths of a screen, ninths of a mean: what numbers mostly are. */
const DENOMINATORS = [
  ...[1, 2, 4, 5, 8, 10, 16, 20, 25, 32, 64, 100, 128, 256, 1000],
  ...[255, 3, 6, 7, 9, 12, 49, 81, 121, 159, 273, 10_000],
];
/** Numerators are smaller than this, so that a number and its mark fit in 28 bits. */
const LARGEST_NUMERATOR = 2 ** 24;
const FLOAT32 = 254;
const FLOAT64 = 255;
/** Longer texts are no values of ours. */
const LONGEST = 500_000;

/** The values as base64url letters. All are finite. @param {Values} values */
export function encodeValues({ shape, data }) {
  const out = new ByteWriter();
  out.whole(shape.length);
  for (const size of shape) out.whole(size);
  const index = DENOMINATORS.findIndex((denominator) => isMultiple(data, denominator));
  if (index >= 0) {
    out.whole(index);
    writeRuns(out, data, DENOMINATORS[index]);
  } else {
    const isSingle = data.every((value) => Math.fround(value) === value);
    out.whole(isSingle ? FLOAT32 : FLOAT64);
    const floats = isSingle ? Float32Array.from(data) : data.slice();
    for (const byte of new Uint8Array(floats.buffer)) out.bytes.push(byte);
  }
  return toBase64Url(out.bytes);
}

/** Whether all values are multiples of a fraction, exactly. @param {Float64Array} data @param {number} denominator */
function isMultiple(data, denominator) {
  return data.every((value) => {
    const numerator = Math.round(value * denominator);
    return numerator / denominator === value && Math.abs(numerator) < LARGEST_NUMERATOR;
  });
}

/**
 * Each numerator, its last bit saying whether a count of further equal ones follows.
 * @param {ByteWriter} out
 * @param {Float64Array} data
 * @param {number} denominator
 */
function writeRuns(out, data, denominator) {
  for (let at = 0; at < data.length;) {
    let end = at + 1;
    while (end < data.length && data[end] === data[at]) end++;
    const numerator = Math.round(data[at] * denominator);
    const folded = numerator < 0 ? -2 * numerator - 1 : 2 * numerator;
    out.whole(2 * folded + (end - at > 1 ? 1 : 0));
    if (end - at > 1) out.whole(end - at - 2);
    at = end;
  }
}

/**
 * The values that letters stand for; null where they stand for none, or for more than may be.
 * @param {string} text
 * @param {readonly number[]} most  the largest shape
 * @returns {Values | null}
 */
export function decodeValues(text, most) {
  const bytes = text.length > LONGEST ? null : fromBase64Url(text);
  if (!bytes) return null;
  const input = new ByteReader(bytes);
  input.expect(input.whole() === most.length);
  const shape = most.map((size) => {
    const found = input.whole();
    input.expect(found >= 1 && found <= size);
    return found;
  });
  if (input.hasFailed) return null;
  const data = new Float64Array(shape.reduce((product, size) => product * size, 1));
  const kind = input.whole();
  if (kind === FLOAT32 || kind === FLOAT64) readFloats(input, data, kind === FLOAT32 ? 4 : 8);
  else readRuns(input, data, DENOMINATORS[kind]);
  input.expect(input.remaining === 0 && data.every(Number.isFinite));
  return input.hasFailed ? null : { shape, data };
}

/** @param {ByteReader} input @param {Float64Array} data  written @param {number | undefined} denominator */
function readRuns(input, data, denominator) {
  input.expect(denominator !== undefined);
  for (let at = 0; at < data.length && !input.hasFailed;) {
    const token = input.whole();
    const folded = token >> 1;
    const numerator = folded & 1 ? -(folded + 1) / 2 : folded / 2;
    const end = at + 1 + (token & 1 ? input.whole() + 1 : 0);
    input.expect(end <= data.length);
    data.fill(numerator / Number(denominator), at, end);
    at = end;
  }
}

/** @param {ByteReader} input @param {Float64Array} data  written @param {4 | 8} size  bytes of each */
function readFloats(input, data, size) {
  input.expect(input.remaining === data.length * size);
  const bytes = Uint8Array.from({ length: data.length * size }, () => input.byte());
  data.set(size === 4 ? new Float32Array(bytes.buffer) : new Float64Array(bytes.buffer));
}
