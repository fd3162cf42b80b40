import assert from 'node:assert/strict';
import { test } from 'node:test';

import { decodePicture, encodePicture } from '../../../static/js/media/picture_code.js';
import { randomNumbers } from '../core/random.js';

/**
 * @param {number} width
 * @param {number} height
 * @param {(x: number, y: number) => number} value
 */
function grey(width, height, value) {
  const pixels = Uint8Array.from({ length: width * height }, (_, i) =>
    value(i % width, Math.floor(i / width)),
  );
  return { width, height, pixels };
}

const random = randomNumbers(4);
/** A soft disc, as a scan has it. */
const disc = (/** @type {number} */ radius) => (/** @type {number} */ x, /** @type {number} */ y) =>
  255 / (1 + Math.exp(Math.hypot(x - 1.5 * radius, y - 1.5 * radius) - radius));

test('a small picture comes back as it was', async () => {
  const picture = grey(28, 20, disc(9));
  assert.deepEqual(await decodePicture(await encodePicture(picture)), picture);
});

test('a clean scan keeps 168 pixels and its shape, in at most 3000 bytes', async () => {
  const code = await encodePicture(grey(560, 420, disc(140)));
  const { width, height } = await decodePicture(code);
  assert.deepEqual([width, height], [168, 126]);
  assert.ok(code.length <= 3000, `${code.length} bytes`);
});

test('much detail is reduced as far as the budget asks, and read is what was written', async () => {
  const code = await encodePicture(grey(300, 200, () => 256 * random()));
  assert.ok(code.length <= 3000, `${code.length} bytes`);
  const back = await decodePicture(code);
  assert.ok(back.width >= 56, `${back.width} pixels`);
  const again = await encodePicture(back);
  assert.deepEqual(await decodePicture(again), back);
});

test('bytes that are no picture are refused', async () => {
  const code = await encodePicture(grey(28, 28, disc(9)));
  const cases = {
    nothing: new Uint8Array(0),
    'a head alone': code.subarray(0, 3),
    'no size': Uint8Array.of(0, 9, 1, ...code.subarray(3)),
    'too large': Uint8Array.of(255, 255, 1, ...code.subarray(3)),
    'another step': Uint8Array.of(28, 28, 3, ...code.subarray(3)),
    'fewer pixels than said': Uint8Array.of(29, 28, 1, ...code.subarray(3)),
    'more pixels than said': Uint8Array.of(27, 28, 1, ...code.subarray(3)),
    'cut off': code.subarray(0, -5),
  };
  for (const [what, bytes] of Object.entries(cases)) {
    await assert.rejects(decodePicture(bytes), /cannot be read/, what);
  }
});
