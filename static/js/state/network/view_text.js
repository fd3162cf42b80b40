/** @import {View} from './store.js' */

/** What is open, as a link says it; '' is the overview. @param {View} view */
export function viewText(view) {
  if (view.kind === 'overview' || view.kind === 'why') return '';
  if (view.kind === 'layer') return view.layer;
  if (view.kind === 'map') return `${view.layer}.${view.channel}`;
  return `${view.layer}.${view.channel}.${view.row}.${view.column}`;
}

/**
 * A layer's own name may have dots and numbers, too: the longest that there is counts.
 * @param {string} text
 * @param {(name: string) => boolean} isLayer
 * @returns {View}
 */
export function viewFrom(text, isLayer) {
  const parts = text.split('.');
  const nameOf = (/** @type {number} */ count) => parts.slice(0, count).join('.');
  let count = parts.length;
  while (count > 1 && !isLayer(nameOf(count))) count -= 1;
  const layer = nameOf(count);
  const numbers = parts.slice(count).map(Number);
  const [channel, row, column] = numbers;
  if (!layer || numbers.some((n) => !Number.isInteger(n))) return { kind: 'overview' };
  if (numbers.length === 0) return { kind: 'layer', layer };
  if (numbers.length === 1) return { kind: 'map', layer, channel };
  if (numbers.length === 3) return { kind: 'cell', layer, channel, row, column };
  return { kind: 'overview' };
}
