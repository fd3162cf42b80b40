/**
 * A grey picture in few bytes: sixteen levels, each byte one level and how often it repeats.
 * A picture with much detail is reduced further, so that a link stays a link.
 * @typedef {import('./bytes.js').ByteReader} ByteReader
 * @typedef {import('./bytes.js').ByteWriter} ByteWriter
 */

/** Pixels a side; the smallest fits the budget whatever it shows. */
const LARGEST_SIDE = 84;
const SMALLER_SIDES = [56, 28];
const BUDGET_BYTES = 1200;

/**
 * A byte for each run of alike pixels: the level in its upper half, how many follow in its lower.
 * @param {Uint8Array} pixels
 * @returns {number[]}
 */
function runs(pixels) {
  /** @type {number[]} */
  const bytes = [];
  for (const pixel of pixels) {
    const level = Math.round(pixel / 17);
    const last = bytes.at(-1);
    const isLonger = last !== undefined && last >> 4 === level && (last & 15) < 15;
    if (isLonger) bytes[bytes.length - 1] = last + 1;
    else bytes.push(level << 4);
  }
  return bytes;
}

/**
 * Writes the picture at the largest side that the budget allows. A picture that was read is written
 * as it is, so that a link stays the same however often it is opened.
 * @param {ByteWriter} out
 * @param {number} longest  pixels of the picture's longer side, which is never enlarged
 * @param {(side: number) => Uint8Array} reduce  the picture as side × side pixels
 */
export function writePicture(out, longest, reduce) {
  const sides = [
    Math.min(longest, LARGEST_SIDE),
    ...SMALLER_SIDES.filter((side) => side < longest),
  ];
  const codes = sides.map((side) => [side, ...runs(reduce(side))]);
  const [first] = codes.filter(({ length }) => length <= BUDGET_BYTES);
  out.bytes.push(...first);
}

/**
 * @param {ByteReader} input
 * @returns {{side: number, pixels: Uint8Array}}
 */
export function readPicture(input) {
  const side = Math.min(input.byte(), LARGEST_SIDE);
  input.expect(side > 0);
  const pixels = new Uint8Array(side * side);
  for (let at = 0; at < pixels.length;) {
    const byte = input.byte();
    const end = at + (byte & 15) + 1;
    input.expect(end <= pixels.length);
    pixels.fill((byte >> 4) * 17, at, end);
    at = end;
  }
  return { side, pixels };
}
