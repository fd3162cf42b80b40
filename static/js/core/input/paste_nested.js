// Nested arrays as JSON, NumPy and PyTorch print them.

/** @import {Rows} from './paste.js' */

/** Signs that JSON has and a person may have typed; longer texts are read as well. */
const PARTS = /[[\],]|[^\s[\],]+/g;

/**
 * The maps of nested arrays: of one matrix, of several, of one image of several; a list is a row.
 * @param {string} text
 * @returns {{maps: Rows[], note?: undefined} | {sentence: string}}
 */
export function readNested(text) {
  const start = text.indexOf('[');
  const end = text.lastIndexOf(']');
  const value = end > start ? parse(text.slice(start, end + 1)) : null;
  if (value === null) {
    return { sentence: 'The brackets do not match: every [ needs its ].' };
  }
  const depth = depthOf(value);
  if (!isEven(value, depth)) {
    return { sentence: 'The brackets are nested unevenly: every row has to be a list of numbers.' };
  }
  if (depth === 1) return { maps: [[/** @type {string[]} */ (value)]] };
  if (depth === 2) return { maps: [/** @type {Rows} */ (value)] };
  if (depth === 3) return { maps: /** @type {Rows[]} */ (value) };
  if (depth === 4 && value.length === 1) return { maps: /** @type {Rows[]} */ (value[0]) };
  return {
    sentence: `These are lists ${depth} deep; a matrix is 2 deep, several channels are 3.`,
  };
}

/**
 * The lists in a text, commas between their members or not; null where brackets do not match.
 * @param {string} text
 * @returns {unknown[] | null}
 */
function parse(text) {
  /** @type {unknown[][]} */
  const open = [[]];
  for (const [part] of text.matchAll(PARTS)) {
    if (part === '[') open.push([]);
    else if (part === ']') {
      const closed = open.pop();
      if (open.length === 0) return null;
      open[open.length - 1].push(closed);
    } else if (part !== ',') open[open.length - 1].push(part);
  }
  const [outermost] = open;
  return open.length === 1 && outermost.length === 1
    ? /** @type {unknown[]} */ (outermost[0])
    : null;
}

/** How deep the first members are nested. @param {unknown} value @returns {number} */
function depthOf(value) {
  return Array.isArray(value) ? 1 + depthOf(value[0]) : 0;
}

/**
 * Whether all members are nested as deep as the first, none of them empty.
 * @param {unknown} value
 * @param {number} depth
 * @returns {boolean}
 */
function isEven(value, depth) {
  if (!Array.isArray(value)) return depth === 0;
  return depth > 0 && value.length > 0 && value.every((member) => isEven(member, depth - 1));
}
