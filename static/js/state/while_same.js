import { computed } from '@preact/signals-core';

/**
 * What is read, computed anew whenever that may have changed, and the former value as long as it has not.
 * @template T
 * @param {() => T} read
 * @param {(one: T, other: T) => boolean} isSame
 * @returns {import('@preact/signals-core').ReadonlySignal<T>}
 */
export function whileSame(read, isSame) {
  /** @type {{value: T} | null} */
  let before = null;
  return computed(() => {
    const now = read();
    if (!before || !isSame(before.value, now)) before = { value: now };
    return before.value;
  });
}
