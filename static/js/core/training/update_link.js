/**
 * @import {Start} from './update_frame.js'
 *
 * Which update is looked at, and which weight in it.
 * @typedef {{readonly start: Start, readonly step: number, readonly layer: string | null,
 *   readonly cell: readonly number[] | null}} UpdatePlace
 */

/** @type {readonly Start[]} */
const STARTS = ['scratch', 'trained', 'moment'];
/** @type {UpdatePlace} */
const USUAL = { start: 'scratch', step: 1, layer: null, cell: null };

/** A place as a text; '' where one begins. @param {UpdatePlace} place */
export function placeText({ start, step, layer, cell }) {
  const parts = [start, step, layer ?? '', cell?.join('-') ?? ''];
  const text = parts.join('~').replace(/~+$/, '');
  return text === 'scratch~1' ? '' : text;
}

/**
 * The place of a text; what it does not say, or wrongly, is as where one begins.
 * @param {string} text
 * @param {number} most  updates there are
 * @returns {UpdatePlace}
 */
export function placeFrom(text, most) {
  const [start, step, layer = '', cell = ''] = text.split('~');
  const found = STARTS.find((each) => each === start);
  if (!found || !/^\d{1,3}$/.test(step ?? '') || Number(step) < 1 || Number(step) > most)
    return USUAL;
  const isCell = /^\d{1,7}(-\d{1,7}){1,3}$/.test(cell);
  return {
    start: found,
    step: Number(step),
    layer: layer || null,
    cell: isCell ? cell.split('-').map(Number) : null,
  };
}
