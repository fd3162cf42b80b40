// The part of a layer's work that the Lab has room for, with the same value at the explained place.

import { defaultsOf } from '../experiment/change_settings.js';
import { outcome } from '../experiment/outcome.js';
import { LAB_CAPS, MOST_CHANNELS, MOST_FILTERS } from '../limits.js';
import { operationOf } from '../operations/registry.js';
import { equationOf } from '../stage/equation.js';
import { readSettings } from '../settings.js';
import { keptChannels, operandsOfKept } from './excerpt_channels.js';
import { cropped, linesAround } from './excerpt_lines.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {Equation} from '../stage/equation.js'
 * @import {Place} from '../stage/place.js'
 * @import {Kept} from './excerpt_channels.js'
 */

/** `notes` say what was left out. @typedef {{experiment: Experiment, place: Place, notes: string[]}} Excerpt */

/** What a value may differ by: the order in which its products are added. */
const ROUNDING = 1e-9;

/**
 * The experiment around one value; null where the Lab's kernels are too small for it.
 * @param {import('./window.js').WindowTrace} trace
 * @returns {Excerpt | null}
 */
export function excerptOf({ experiment, equation }) {
  const { input, weight } = experiment;
  const isWhole = input.shape[0] <= MOST_CHANNELS && weight.shape[0] <= MOST_FILTERS;
  const found = [
    around(experiment, equation, keptChannels(experiment, equation, isWhole)),
    alone(experiment, equation, keptChannels(experiment, equation, false)),
  ];
  return found.find((one) => one !== null && isSame(one, Number(equation.result))) ?? null;
}

/** @param {Excerpt} excerpt @param {number} value */
function isSame({ experiment, place }, value) {
  const result = outcome(experiment);
  if (result.kind === 'refused') return false;
  const model = { experiment, see: { kind: 'forward' }, outcome: result };
  const made = equationOf(/** @type {any} */ (model), place).result;
  return Math.abs(Number(made) - value) <= ROUNDING * Math.max(1, Math.abs(value));
}

/**
 * The layer's own settings on as much of its maps as there is room for.
 * @param {Experiment} experiment
 * @param {Equation} equation
 * @param {Kept} kept
 * @returns {Excerpt | null}
 */
function around(experiment, { blocks: [block], place }, kept) {
  const { input, operation, settings } = experiment;
  const { stride } = readSettings(settings);
  const [, height, width] = input.shape;
  const down = linesAround(
    block.cells.map(({ down: one }) => one.input),
    height,
    stride[0],
  );
  const across = linesAround(
    block.cells.map(({ across: one }) => one.input),
    width,
    stride[1],
  );
  const isCut = down.count < height || across.count < width;
  if (!isWithinCaps(settings) || (isCut && settings.output_size !== undefined)) return null;
  const part = cropped(experiment, kept.channels, down, across);
  const cut = `${down.count} × ${across.count} of ${height} × ${width} values around the window`;
  return {
    experiment: {
      ...operandsOfKept(experiment, part, kept),
      operation,
      settings: settingsFor(experiment, kept),
    },
    place: {
      side: 'output',
      channel: kept.isWhole ? place.channel : 0,
      row: place.row - down.skipped,
      column: place.column - across.skipped,
    },
    notes: isCut ? [...kept.notes, cut] : kept.notes,
  };
}

/**
 * Nothing but the window: the values under the kernel, laid side by side.
 * @param {Experiment} experiment
 * @param {Equation} equation
 * @param {Kept} kept
 * @returns {Excerpt | null}
 */
function alone(experiment, { blocks: [block], way }, kept) {
  const { rows, columns } = block;
  const { isMaximum, pooled } = operationOf(experiment);
  const isBlind = isMaximum && block.isPadding.includes(true);
  if (Math.max(rows, columns) > LAB_CAPS.kernel_size || isBlind) return null;
  const data = new Float64Array(kept.blocks.length * rows * columns);
  kept.blocks.forEach(({ left }, index) => data.set(left, index * rows * columns));
  const part = { shape: [kept.blocks.length, rows, columns], data };
  const { operation, settings } = pooled?.alone(way) ?? { operation: experiment.operation };
  return {
    experiment: {
      ...operandsOfKept(experiment, part, kept),
      operation,
      settings: { kernel_size: [rows, columns], stride: 1, padding: 0, dilation: 1, ...settings },
    },
    place: { side: 'output', channel: 0, row: 0, column: 0 },
    notes: [...kept.notes, 'its window alone'],
  };
}

/**
 * The settings that the Lab knows of an operation; a filter by itself has no groups.
 * @param {Experiment} experiment
 * @param {Kept} kept
 */
function settingsFor({ operation, settings }, { isWhole }) {
  const names = Object.keys(defaultsOf(operation));
  const known = Object.entries(settings).filter(([name]) => names.includes(name));
  const groups = !isWhole && 'groups' in settings ? { groups: 1 } : {};
  return { ...Object.fromEntries(known), ...groups };
}

/** @param {import('../settings.js').LayerSettings} settings */
function isWithinCaps(settings) {
  const { kernelSize, stride, dilation, padding } = readSettings(settings);
  return (
    Math.max(...kernelSize) <= LAB_CAPS.kernel_size &&
    Math.max(...stride) <= LAB_CAPS.stride &&
    Math.max(...dilation) <= LAB_CAPS.dilation &&
    Math.max(...Object.values(padding)) <= LAB_CAPS.padding
  );
}
