// What differs between two sets of settings, in words.

/** @import {LayerSettings} from '../settings.js' */

/** A setting as it is written: one number where both sides have the same. @param {unknown} value @returns {string} */
export function settingText(value) {
  if (Array.isArray(value)) {
    const parts = value.map((part) => (part === null ? 'input' : String(part)));
    return parts.every((part) => part === parts[0]) ? parts[0] : parts.join('×');
  }
  if (value !== null && typeof value === 'object') {
    const sides = Object.entries(value);
    if (sides.every(([, lines]) => lines === sides[0][1])) return String(sides[0][1]);
    return sides.map(([side, lines]) => `${side} ${lines}`).join(', ');
  }
  return value === null ? 'none' : String(value);
}

/**
 * A sentence for each setting that is another one afterwards.
 * @param {LayerSettings} before
 * @param {LayerSettings} after
 */
export function settingsDifference(before, after) {
  const former = new Map(Object.entries(before));
  return Object.entries(after)
    .map(([name, value]) => ({ name, now: settingText(value) }))
    .filter(({ name, now }) => now !== settingText(former.get(name)))
    .map(({ name, now }) => `${name} is now ${now}.`)
    .join(' ');
}
