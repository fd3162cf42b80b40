import assert from 'node:assert/strict';
import test from 'node:test';

import {
  controlEnd,
  groupsOf,
  nearestPassing,
  nearestPossible,
  withValue,
} from '../../../../static/js/core/experiment/control_range.js';
import { nearestSettings } from '../../../../static/js/core/experiment/nearest_settings.js';
import { refusalOf } from '../../../../static/js/core/operations/registry.js';
import { golden } from '../golden.js';

/**
 * @typedef {import('../../../../static/js/core/experiment/control_range.js').Question} Question
 * @typedef {import('../../../../static/js/core/experiment/control_range.js').Field} Field
 * @typedef {import('../../../../static/js/core/experiment/control_range.js').Part} Part
 */

test('what is impossible is refused in the words of the API', () => {
  for (const { field, sentence, ...one } of golden('refusals')) {
    const found = refusalOf({ ...one, shape: one.input, outChannels: one.out_channels });
    const wanted = sentence === null ? null : { field, sentence };
    assert.deepEqual(found, wanted, JSON.stringify(one.settings));
  }
});

test('what the API cannot be sent is refused too', () => {
  const sentence = (/** @type {any} */ operation, /** @type {any} */ settings) =>
    refusalOf({ operation, settings, shape: [1, 4, 4], outChannels: 1 })?.sentence ?? null;
  assert.match(`${sentence('conv2d', { padding_mode: 'mirror' })}`, /one of zeros, reflect/);
  assert.match(`${sentence('max', {})}`, /needs a kernel_size/);
  assert.equal(
    sentence('average', { kernel_size: 2, divisor_override: 2.5 }),
    'divisor_override has to be a whole number; got 2.5.',
  );
  assert.match(`${sentence('adaptive_max', {})}`, /needs an output_size/);
  assert.equal(sentence('conv2d', {}), null);
  assert.equal(sentence('conv_transpose2d', {}), null);
  assert.equal(sentence('max', { kernel_size: 2, padding: 'same', stride: 1 }), null);
  assert.match(`${sentence('max', { kernel_size: 2, padding: 'same' })}`, /stride of 2×2/);
});

/** How far controls go here. */
const CAPS = { kernel_size: 64, stride: 1024, padding: 256, dilation: 1024, output_padding: 1023 };

/** @param {Partial<Question>} changes @returns {Question} */
const question = (changes) => ({
  operation: 'conv2d',
  settings: { kernel_size: 3 },
  shape: [1, 5, 8],
  outChannels: 1,
  caps: CAPS,
  ...changes,
});

/**
 * Every possible value, tried one by one.
 * @param {Question} asked
 * @param {Field} field
 * @param {Part} part
 */
function possible(asked, field, part) {
  return Array.from({ length: 30 }, (_, value) => value).filter(
    (value) =>
      refusalOf({ ...asked, settings: withValue(asked.settings, field, part, value) }) === null,
  );
}

test('a control ends where the next value would be refused, and says why', () => {
  const pooling = { operation: /** @type {const} */ ('max') };
  const spread = { operation: /** @type {const} */ ('conv_transpose2d') };
  /** @type {[Partial<Question>, Field, Part][]} */
  const asked = [
    [{}, 'kernel_size', 'both'],
    [{}, 'kernel_size', 'width'],
    [{}, 'dilation', 'height'],
    [{ settings: { kernel_size: 7 } }, 'padding', 'both'],
    [{ settings: { kernel_size: 3, padding_mode: 'reflect' } }, 'padding', 'width'],
    [{ settings: { kernel_size: 3, padding_mode: 'circular' } }, 'padding', 'top'],
    [{ ...pooling, settings: { kernel_size: 3, padding: 2 } }, 'kernel_size', 'both'],
    [{ ...pooling, settings: { kernel_size: 3, ceil_mode: true } }, 'dilation', 'both'],
    [{ ...pooling, settings: { kernel_size: 7, ceil_mode: true } }, 'stride', 'height'],
    [{ ...spread, settings: { kernel_size: 3, stride: 2 } }, 'output_padding', 'both'],
    [{ ...spread, settings: { kernel_size: 3, padding: 2 } }, 'padding', 'height'],
    [{ ...spread, settings: { kernel_size: 3, padding: 4 }, shape: [1, 1, 9] }, 'stride', 'both'],
  ];
  for (const [changes, field, part] of asked) {
    const now = question({ caps: { ...CAPS, [field]: 29 }, ...changes });
    const end = controlEnd(now, field, part);
    const values = possible(now, field, part);
    const label = `${field} ${part} ${JSON.stringify(changes)}`;
    if (values.length === 0) {
      assert.equal(end, null, label);
      continue;
    }
    assert.ok(end, label);
    assert.deepEqual([end.least, end.most], [values[0], values.at(-1)], label);
    assert.equal(values.length, end.most - end.least + 1, `${label}: no gaps`);
    for (const [reason, beyond] of /** @type {[string, number][]} */ ([
      [end.below, end.least - 1],
      [end.above, end.most + 1],
    ])) {
      const changed = withValue(now.settings, field, part, beyond);
      const found = refusalOf({ ...now, settings: changed });
      assert.ok(/begins at|goes up to/.test(reason) || reason === found?.sentence, label);
    }
  }
});

test('a control without a limit of its own ends at its cap', () => {
  const end = controlEnd(question({}), 'stride', 'both');
  assert.deepEqual(end, {
    least: 1,
    most: 1024,
    below: 'stride begins at 1.',
    above: 'stride goes up to 1024.',
  });
});

test('beside something impossible stands the nearest possible value', () => {
  const tooLarge = question({ settings: { kernel_size: 9 } });
  assert.equal(nearestPossible(tooLarge, 'kernel_size', 'both'), 5);
  assert.equal(nearestPossible(tooLarge, 'padding', 'both'), 2);
  assert.equal(
    nearestPossible(question({ settings: { kernel_size: [3, 11] } }), 'padding', 'left'),
    3,
  );
  assert.deepEqual(controlEnd(tooLarge, 'kernel_size', 'both')?.most, 5);
  assert.equal(nearestPossible(question({ shape: [1, 0, 4] }), 'kernel_size', 'both'), null);
});

test('one number is changed and the rest stays', () => {
  const settings = { kernel_size: 3, padding: /** @type {const} */ ([1, 2]), output_padding: 1 };
  assert.deepEqual(withValue(settings, 'kernel_size', 'width', 5).kernel_size, [3, 5]);
  assert.deepEqual(withValue(settings, 'dilation', 'height', 2).dilation, [2, 1]);
  assert.deepEqual(withValue(settings, 'output_padding', 'both', 2).output_padding, 2);
  const sides = { top: 1, bottom: 1, left: 2, right: 2 };
  assert.deepEqual(withValue(settings, 'padding', 'right', 7).padding, { ...sides, right: 7 });
  assert.deepEqual(withValue(settings, 'padding', 'height', 0).padding, {
    ...sides,
    top: 0,
    bottom: 0,
  });
});

test('groups divide both numbers of channels', () => {
  assert.deepEqual(groupsOf(6, 12), [1, 2, 3, 6]);
  assert.deepEqual(groupsOf(4, 6), [1, 2]);
});

test('impossible settings have possible ones beside them', () => {
  for (const { operation, settings, input, out_channels, field } of golden('refusals')) {
    const asked = { operation, settings, shape: input, outChannels: out_channels, caps: CAPS };
    const found = nearestSettings(asked);
    if (field === null) assert.equal(found, settings);
    else if (field === 'input') assert.equal(found, null);
    else {
      assert.ok(found, JSON.stringify(settings));
      assert.equal(refusalOf({ ...asked, settings: found }), null);
    }
  }
});

test('only what is impossible is changed, and as little as can be', () => {
  const found = (/** @type {any} */ settings, /** @type {Partial<Question>} */ changes = {}) =>
    nearestSettings(question({ settings, ...changes }));
  assert.deepEqual(found({ kernel_size: [9, 3], stride: 2 }), { kernel_size: [5, 3], stride: 2 });
  assert.deepEqual(found({ kernel_size: [9, 11] }), { kernel_size: [5, 8] });
  assert.deepEqual(found({ kernel_size: 3, padding: 'same', stride: 2 }), {
    kernel_size: 3,
    padding: { top: 1, bottom: 1, left: 1, right: 1 },
    stride: 2,
  });
  assert.equal(
    found({ kernel_size: 1, groups: 5 }, { shape: [6, 5, 5], outChannels: 4 })?.groups,
    2,
  );
  assert.deepEqual(found({ kernel_size: 0, stride: 0 }), { kernel_size: 1, stride: 1 });
  assert.deepEqual(found({ kernel_size: 3, dilation: [9, 1] }), {
    kernel_size: 3,
    dilation: [2, 1],
  });
  assert.deepEqual(found({ kernel_size: [3, 7], dilation: 3 }), {
    kernel_size: [3, 7],
    dilation: [2, 1],
  });
  assert.deepEqual(found({ kernel_size: 1, padding: [9, 0], padding_mode: 'reflect' }), {
    kernel_size: 1,
    padding: { top: 4, bottom: 4, left: 0, right: 0 },
    padding_mode: 'reflect',
  });
  const lopsided = { top: 9, bottom: 1, left: 0, right: 0 };
  assert.deepEqual(found({ kernel_size: 1, padding: lopsided, padding_mode: 'reflect' })?.padding, {
    ...lopsided,
    top: 4,
  });
  const mirrored = { kernel_size: 99, padding: 9, padding_mode: 'reflect' };
  assert.deepEqual(found(mirrored), { ...mirrored, kernel_size: [13, 16], padding: 4 });
  assert.equal(nearestPassing(question({ shape: [1, 5, 0] }), 'padding'), 0);
});
