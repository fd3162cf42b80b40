// What of a pooling's window is the map, what is padding, and what of it counts.

import { counted } from '../number.js';
import { operationOf } from '../operations/registry.js';
import { readSettings } from '../settings.js';

/**
 * @import {Block} from '../stage/equation.js'
 * @import {WindowTrace} from './window.js'
 */

/**
 * Which cells of a pooling's window count; in words what is kept of them, and which of the window do not
 * count, '' where all do.
 * @param {Pick<WindowTrace, 'experiment' | 'equation'>} trace
 * @returns {{counts: boolean[], made: string, beyond: string}}
 */
export function windowParts({ experiment, equation: { blocks, way } }) {
  const [{ cells, isPadding }] = blocks;
  const { countIncludePad, divisorOverride } = readSettings(experiment.settings);
  const isWithin = withinPadding(experiment);
  const counts = cells.map(
    (cell, at) => !isPadding[at] || (way.kind === 'mean' && countIncludePad && isWithin(cell)),
  );
  const inside = isPadding.filter((is) => !is).length;
  const zeros = counts.filter(Boolean).length - inside;
  const left = cells.filter((_, at) => !counts[at]);
  const values = zeros
    ? `${counted(inside, 'value')} and ${counted(zeros, 'zero')} of padding`
    : `the ${counted(inside, 'value')} inside`;
  const all = left.length || zeros ? values : inside;
  const { kept } = operationOf(experiment);
  const sum =
    divisorOverride === 1 ? `the sum of ${all}` : `the sum of ${all}, over ${divisorOverride}`;
  return {
    counts,
    made: way.kind === 'mean' && divisorOverride !== null ? sum : `the ${kept} of ${all}`,
    beyond: left.length ? beyondText(left, zeros > 0, isWithin) : '',
  };
}

/** Whether a cell is the map's or its padding's. @param {WindowTrace['experiment']} experiment */
function withinPadding({ input: { shape }, settings }) {
  const { top, bottom, left, right } = readSettings(settings).padding;
  const [, height, width] = shape;
  return (/** @type {Block['cells'][number]} */ { down, across }) =>
    down.input >= -top &&
    down.input < height + bottom &&
    across.input >= -left &&
    across.input < width + right;
}

/**
 * Where the cells lie that do not count, and by which setting.
 * @param {Block['cells']} left
 * @param {boolean} hasZeros  whether padding counts
 * @param {(cell: Block['cells'][number]) => boolean} isWithin
 */
function beyondText(left, hasZeros, isWithin) {
  const padded = left.filter(isWithin).length;
  const names = [padded > 0 && 'padding', padded < left.length && 'ceil_mode'].filter(Boolean);
  const lie = left.length === 1 ? 'lies' : 'lie';
  const edge = hasZeros ? 'the padding' : 'the edge';
  return `${left.length} ${lie} beyond ${edge} (${names.join(', ')})`;
}
