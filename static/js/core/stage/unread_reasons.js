// Why lines of one axis are not read, line by line: every line has one cause.

import { range } from '../operations/axis.js';
import { spanOf } from '../operations/size.js';
import { listOf } from './captions.js';

/** @import {SizeStep} from '../operations/size.js' */

/**
 * `gaps` lie within a window, between two lines of a dilated kernel; `jumps` between one window and
 * the next; `behind` the last window.
 * @typedef {{gaps: number[], jumps: number[], behind: number[]}} Causes
 */

/** The lines that are stepped over, jumped over, and cut off. @param {SizeStep} step @returns {Causes} */
export function causesOf(step) {
  const { unread, output } = step;
  const windows = range(output).map((line) => spanOf(step, line));
  const { end } = spanOf(step, output - 1);
  const isWithin = (/** @type {number} */ line) =>
    windows.some((window) => line >= window.start && line < window.end);
  return {
    gaps: unread.filter(isWithin),
    jumps: unread.filter((line) => line < end && !isWithin(line)),
    behind: unread.filter((line) => line >= end),
  };
}

/**
 * The same as sentences, with the numbers of the division.
 * @param {SizeStep} step
 * @param {string} word  what its lines are called: row, column, line
 */
export function reasonOf(step, word) {
  const { gaps, jumps, behind } = causesOf(step);
  const isOne = [gaps, jumps, behind].filter(({ length }) => length > 0).length === 1;
  const named = (/** @type {number[]} */ lines) => (isOne ? 'them' : listOf(lines, word));
  return [
    gaps.length > 0 ? gapSentence(step, named(gaps)) : '',
    jumps.length > 0 ? jumpSentence(step, named(jumps)) : '',
    behind.length > 0 ? cutSentence(step, word, behind) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** @param {SizeStep} step @param {string} lines */
function gapSentence({ stride, dilation }, lines) {
  return `With a dilation of ${dilation} and a stride of ${stride} every window steps over ${lines}.`;
}

/** @param {SizeStep} step @param {string} lines */
function jumpSentence({ stride, effective_kernel_size: kernel }, lines) {
  return `A stride of ${stride} jumps over ${lines}, for the kernel spans only ${kernel}.`;
}

/** @param {SizeStep} step @param {string} word @param {number[]} behind */
function cutSentence(step, word, behind) {
  const { stride, quotient, remainder, dilation, effective_kernel_size: kernel } = step;
  const padded = step.input + step.padding_before + step.padding_after;
  const division = `(${padded} − ${kernel}) / ${stride} = ${Math.round(quotient * 100) / 100}`;
  if (step.ceil_mode) {
    return `${division} is rounded up, but one more window would begin behind the input and is dropped.`;
  }
  const isOne = remainder === 1;
  const padding = remainder - behind.length;
  const among = padding > 0 ? ` (${padding} of padding)` : '';
  // Where the next window would begin, and which of the lines it would read.
  const { start: next } = spanOf(step, step.output);
  const isRead = (/** @type {number} */ line) => line >= next && (line - next) % dilation === 0;
  const miss = behind.every((line) => line < next) ? 'begin behind' : 'step over';
  const them = behind.length === 1 ? `that ${word}` : `those ${word}s`;
  const still = behind.some(isRead) ? '' : ` The next window would ${miss} ${them} anyway.`;
  return (
    `${division}, and the floor drops what is behind the point: the last ${isOne ? '' : `${remainder} `}` +
    `${word}${isOne ? ' is' : `s${among} are`} too few for one more window.${still}`
  );
}
