/**
 * A class with how probable it was before a change and is now.
 * @typedef {{label: string, before: number, now: number}} Changed
 */

/**
 * The classes that are likeliest before or now, the likeliest first.
 * @param {ArrayLike<number>} before
 * @param {ArrayLike<number>} now
 * @param {readonly string[]} classes
 * @param {number} count
 * @returns {Changed[]}
 */
export function changedClasses(before, now, classes, count) {
  const most = (/** @type {number} */ i) => Math.max(before[i], now[i]);
  return Array.from(now, (_, i) => i)
    .sort((a, b) => most(b) - most(a))
    .slice(0, count)
    .map((i) => ({ label: classes[i], before: before[i], now: now[i] }));
}
