// Numbers pasted from a spreadsheet, a program or a text.

import { MOST_CHANNELS, MOST_LINES } from '../limits.js';
import { counted } from '../number.js';
import { commasIn } from './paste_commas.js';
import { readNested } from './paste_nested.js';

/**
 * @import {Values} from '../experiment/experiment.js'
 * @typedef {{readonly values: Values, readonly note: string | null}
 *   | {readonly sentence: string}} Pasted
 *
 * A map as rows of what stands in the cells.
 * @typedef {readonly (readonly string[])[]} Rows
 * @typedef {{readonly channels: number, readonly rows: number, readonly columns: number}} Most
 */

/** @type {Most} */
const MOST = { channels: MOST_CHANNELS, rows: MOST_LINES, columns: MOST_LINES };

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * The values of a pasted text: rows of numbers with tabs, commas, semicolons or spaces between them, an
 * empty line between channels; or nested arrays as JSON, NumPy and PyTorch print them.
 * @param {string} text
 * @param {Most} [most]  the largest shape
 * @returns {Pasted}
 */
export function parsePasted(text, most = MOST) {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return { sentence: 'There is nothing to read: paste rows of numbers.' };
  const isNested = /^([\w.]+\()?\s*\[/.test(trimmed);
  const maps = isNested ? readNested(trimmed) : readLines(trimmed);
  if ('sentence' in maps) return maps;
  const wrong = wrongShape(maps.maps, most);
  if (wrong !== null) return { sentence: wrong };
  const values = toValues(maps.maps);
  return 'sentence' in values ? values : { values, note: maps.note ?? null };
}

/** @param {string} text @returns {{maps: Rows[], note: string | null} | {sentence: string}} */
function readLines(text) {
  const blocks = text.split(/(?:[^\S\n]*\n){2,}/).map((block) => block.split('\n'));
  const separator = separatorOf(text);
  const maps = blocks.map((lines) => lines.map((line) => cellsOf(line, separator)));
  const commas = commasIn(maps, separator === ',');
  if (typeof commas !== 'boolean') return commas;
  if (!commas) return { maps, note: null };
  const pointed = maps.map((rows) => rows.map((row) => row.map((cell) => cell.replace(',', '.'))));
  return { maps: pointed, note: 'The commas were read as decimal points.' };
}

/**
 * What stands between two numbers: the first of tab, semicolon, comma that is there, else spaces. Where
 * it is not the comma, a comma stands within a number; so it is where spaces stand between all numbers.
 * @param {string} text
 */
function separatorOf(text) {
  if (text.includes('\t')) return '\t';
  const rows = text.split('\n').map((line) => line.trim().split(/[^\S\n]+/));
  const isSpaced = rows.some((cells) => cells.length > 1);
  if (isSpaced && rows.flat().every((cell) => /^[+-]?\d+(,\d+)?$|^$/.test(cell))) return ' ';
  return [';', ','].find((sign) => text.includes(sign)) ?? ' ';
}

/** @param {string} line @param {string} separator */
function cellsOf(line, separator) {
  const bare = separator === '\t' ? line.replace(/\r$/, '') : line.trim();
  // Lists often end in their separator.
  const whole = separator === ',' || separator === ';' ? bare.replace(/[,;]$/, '') : bare;
  const cells = separator === ' ' ? whole.split(/\s+/) : whole.split(separator);
  return cells.map((cell) => cell.trim().replace('−', '-'));
}

/**
 * What is wrong with the shape, in a sentence; null where nothing is.
 * @param {readonly Rows[]} maps
 * @param {Most} most
 */
function wrongShape(maps, most) {
  const [first] = maps;
  const [height, width] = [first.length, first[0].length];
  for (const [channel, rows] of maps.entries()) {
    const where = maps.length > 1 ? ` of channel ${channel + 1}` : '';
    if (rows.length !== height) {
      const has = counted(rows.length, 'row');
      return `Channel ${channel + 1} has ${has}, channel 1 has ${height}.`;
    }
    const odd = rows.findIndex((row) => row.length !== width);
    if (odd >= 0) {
      const has = counted(rows[odd].length, 'number');
      return `Row ${odd + 1}${where} has ${has}, the first row has ${width}.`;
    }
  }
  const { channels, rows, columns } = most;
  if (maps.length > channels) return `There are ${maps.length} channels; at most ${channels} fit.`;
  if (height > rows || width > columns) {
    return `That is ${height}×${width} numbers; at most ${rows}×${columns} fit.`;
  }
  return null;
}

/** @param {readonly Rows[]} maps @returns {Values | {sentence: string}} */
function toValues(maps) {
  const [height, width] = [maps[0].length, maps[0][0].length];
  const cells = maps.flat(2);
  const numbers = cells.map(toNumber);
  const wrong = numbers.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) {
    return { shape: [maps.length, height, width], data: Float64Array.from(numbers) };
  }
  const [row, column] = [Math.floor(wrong / width) % height, wrong % width];
  const what = cells[wrong].slice(0, 20);
  const said = what === '' ? 'is empty' : `is “${what}”, which is not a number`;
  return { sentence: `Row ${row + 1}, column ${column + 1} ${said}.` };
}

/** The number in a cell, NaN where there is none. @param {string} cell */
function toNumber(cell) {
  return NUMBER.test(cell) ? Number(cell) : NaN;
}
