import assert from 'node:assert/strict';
import { test } from 'node:test';

import { signal } from '@preact/signals-core';

/** @type {(() => void)[]} */
const listeners = [];
const page = {
  hidden: false,
  addEventListener: (/** @type {string} */ _, /** @type {() => void} */ act) => listeners.push(act),
};
Object.defineProperty(globalThis, 'document', { value: page, configurable: true });
const { isLookedAt } = await import('../../../../static/js/state/train/sight.js');

test('beside a run that goes on only what is in sight is asked for, and for nobody nothing', () => {
  const [isInSight, isLiving] = [signal(false), signal(false)];
  const is = isLookedAt({ signals: { isLiving } }, isInSight);
  assert.equal(is.value, true);
  isLiving.value = true;
  assert.equal(is.value, false);
  isInSight.value = true;
  assert.equal(is.value, true);
  page.hidden = true;
  listeners.forEach((act) => act());
  assert.equal(is.value, false);
  isLiving.value = false;
  assert.equal(is.value, false);
});
