// Rows and columns that no window reads: why, and what to do about it.

import { waysOut } from '../experiment/ways_out.js';
import { unreadNote } from './captions.js';
import { reasonOf } from './unread_reasons.js';

/**
 * @import {Question} from '../experiment/control_range.js'
 * @import {WayOut} from '../experiment/ways_out.js'
 * @import {Step} from '../operations/axis_map.js'
 */

/**
 * Which rows and columns are not read, and why: each axis for itself, unless the same is true of both.
 * @param {Step} height
 * @param {Step} width
 */
export function unreadSentence(height, width) {
  const note = unreadNote(height.unread, width.unread);
  if (note === '') return '';
  const rows = reasonsOf(height, 'row');
  const columns = reasonsOf(width, 'column');
  if (rows.length + columns.length === 0) {
    return `${note}: padding takes away all that they add to the output.`;
  }
  if (rows.length === 0 || columns.length === 0)
    return `${note}. ${[...rows, ...columns].join(' ')}`;
  const [down, across] = [height, width].map((step) => reasonsOf(step, 'line').join(' '));
  if (down === across) return `${note}. ${down}`;
  return `${note}. Rows: ${rows.join(' ')} Columns: ${columns.join(' ')}`;
}

/** @param {Step} step @param {string} word */
function reasonsOf(step, word) {
  return step.unread.length > 0 && 'remainder' in step ? [reasonOf(step, word)] : [];
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

/** @param {WayOut} down @param {WayOut} across */
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
