// The line below each plane: what it is, how large, and what is particular about it.

import { significant } from '../number.js';
import { axesOf, operandsOf } from '../operations/registry.js';
import { windowSize } from './pooling_window.js';
import { shownFilter } from './stations.js';

/**
 * @import {Drawn} from '../operations/axis_map.js'
 * @import {Box, Role} from './board.js'
 * @import {PlanesModel} from './planes.js'
 */

/** @type {Record<Role, string>} */
const NAMES = {
  input: 'input',
  kernel: 'kernel',
  window: 'window',
  output: 'output',
  input_gradient: 'gradient of the input',
  kernel_gradient: 'gradient of the kernel',
  output_gradient: 'gradient of the output',
};

/** What stands below a plane. @param {PlanesModel} model @param {Box} box @returns {{title: string, note: string}} */
export function captionOf(model, box) {
  const { experiment, outcome, filter, gradients } = model;
  const { role, channel } = box;
  const { height: rows, width: columns } = axesOf(experiment);
  const channels = box.side === 'output' ? outcome.output.shape[0] : experiment.input.shape[0];
  const isOne = channels === 1 || role === 'window';
  if (box.side === 'kernel') {
    const own = shownFilter(experiment, channel, filter);
    // A kernel is named as the weight is indexed: by its filter, then by its input channel.
    const names = [
      ...(role !== 'window' && outcome.output.shape[0] > 1 ? [own] : []),
      ...(isOne ? [] : [channel]),
    ];
    const bias = { kernel: experiment.bias, kernel_gradient: gradients?.bias?.data, window: null };
    const offset = bias[/** @type {keyof typeof bias} */ (role)]?.[own];
    const plus = offset === undefined ? '' : `, bias ${significant(offset)}`;
    const size = (role === 'window' && windowSize(model)) || [rows.kernel, columns.kernel];
    const title = [NAMES[role], names.join(', ')].filter(Boolean).join(' ');
    return { title, note: `${size.join(' × ')}${plus}` };
  }
  const lines = box.side === 'input' ? [rows.input, columns.input] : [rows.output, columns.output];
  const size = `${lines[0].size} × ${lines[1].size}`;
  const title = isOne ? NAMES[role] : `${NAMES[role]} ${channel}`;
  const { groups } = operandsOf(experiment).settings;
  const group = `group ${Math.floor(channel / (channels / groups))}`;
  if (!isOne) return { title, note: groups > 1 ? group : size };
  if (role !== 'input') return { title, note: size + cutNote(lines) };
  const unread = unreadNote(outcome.height.unread, outcome.width.unread);
  return { title, note: size + paddedNote(lines) + (unread ? ` · ${unread}` : '') };
}

/** @param {readonly Drawn[]} lines */
function paddedNote([down, across]) {
  const isPadded = down.count > down.size || across.count > across.size;
  return isPadded ? `, padded ${down.count} × ${across.count}` : '';
}

/** What padding took away from an output. @param {readonly Drawn[]} lines */
function cutNote([down, across]) {
  const isCut = down.count > down.size || across.count > across.size;
  return isCut ? `, cut from ${down.count} × ${across.count}` : '';
}

/** Which rows and columns are never read. @param {readonly number[]} rows @param {readonly number[]} columns */
export function unreadNote(rows, columns) {
  const parts = [listOf(rows, 'row'), listOf(columns, 'column')].filter(Boolean);
  if (parts.length === 0) return '';
  const isOne = rows.length + columns.length === 1;
  return `${parts.join(' and ')} ${isOne ? 'is' : 'are'} never read`;
}

/** Lines as briefly as they can be named. @param {readonly number[]} lines @param {string} word */
export function listOf(lines, word) {
  if (lines.length === 0) return '';
  if (lines.length === 1) return `${word} ${lines[0]}`;
  const isRun = lines.every((line, index) => line === lines[0] + index);
  if (isRun) return `${word}s ${lines[0]} to ${lines[lines.length - 1]}`;
  return lines.length > 4 ? `${lines.length} ${word}s` : `${word}s ${lines.join(', ')}`;
}
