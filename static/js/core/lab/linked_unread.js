// Rows and columns that no window reads: why, and what to do about it.
//
// unreadSentence(height, width)    why they are not read; empty where all are
// waysOutOfBoth(question)          changes after which all rows and all columns are read

import { waysOut } from '../ways_out.js';
import { unreadNote } from './linked_captions.js';

/**
 * @typedef {import('./shapes.js').Step} Step
 * @typedef {import('../size.js').SizeStep} SizeStep
 * @typedef {import('../ends.js').Question} Question
 * @typedef {import('../ways_out.js').WayOut} WayOut
 */

/**
 * Which rows and columns are not read, and why.
 * @param {Step} height
 * @param {Step} width
 */
export function unreadSentence(height, width) {
  const note = unreadNote(height.unread, width.unread);
  if (note === '') return '';
  const steps = [width, height].filter(({ unread }) => unread.length > 0);
  const moving = steps.flatMap((step) => ('remainder' in step ? [step] : []));
  if (moving.length === 0) return `${note}: padding takes away all that they add to the output.`;
  const cut = moving.find((step) => step.remainder > 0 && isCut(step));
  const why = cut ? cutReason(cut) : gapReason(moving[0]);
  return `${note}. ${why}`;
}

/** Whether lines at the end are not read. @param {SizeStep} step */
function isCut({ input, unread }) {
  return unread[unread.length - 1] === input - 1;
}

/** @param {SizeStep} step */
function cutReason(step) {
  const { stride, quotient, remainder, effective_kernel_size: kernel } = step;
  const padded = step.input + step.padding_before + step.padding_after;
  const rest = remainder === 1 ? 'line is' : 'lines are';
  return (
    `(${padded} − ${kernel}) / ${stride} = ${Math.round(quotient * 100) / 100}, and the floor drops ` +
    `what is behind the point: the last ${remainder === 1 ? '' : `${remainder} `}${rest} too few for one more window.`
  );
}

/** @param {SizeStep} step */
function gapReason({ stride, dilation, effective_kernel_size: kernel }) {
  return stride > kernel || dilation === 1
    ? `A stride of ${stride} jumps over them.`
    : `With a dilation of ${dilation} and a stride of ${stride} every window steps over them.`;
}

/**
 * The changes after which every row and every column is read. Where both have some that are not, a
 * change of one is made together with the like change of the other.
 * @param {Question} question
 * @returns {WayOut[]}
 */
export function waysOutOfBoth(question) {
  const down = waysOut(question, 'height');
  if (down.length === 0) return waysOut(question, 'width');
  return down.flatMap((way) => {
    const rest = waysOut({ ...question, settings: way.settings }, 'width');
    const isDone = rest.length === 0 && waysOut(question, 'width').length === 0;
    const isBoth = rest.length === 0 && sortOf(way) === 'ceil';
    if (isDone || isBoth) return [way];
    const like = rest.find((other) => sortOf(other) === sortOf(way));
    return like ? [{ title: titleOfBoth(way, like), settings: like.settings }] : [];
  });
}

/** What is changed. @param {WayOut} way */
function sortOf({ title }) {
  if (title.startsWith('Round')) return 'ceil';
  return title.startsWith('Stride') ? 'stride' : 'padding';
}

/**
 * @param {WayOut} down
 * @param {WayOut} across
 */
function titleOfBoth(down, across) {
  if (sortOf(down) === 'stride') {
    return down.title === across.title
      ? down.title
      : `${down.title} down, ${across.title.toLowerCase()} across`;
  }
  if (
    down.title === 'One more row of padding at the bottom' &&
    across.title.startsWith('One more')
  ) {
    return 'One more row and column of padding';
  }
  const [rows, columns] = [down, across].map(({ title }) => title.replace(' of padding', ''));
  return `${rows}, ${columns[0].toLowerCase()}${columns.slice(1)}`;
}
