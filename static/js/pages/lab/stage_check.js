import { weightIndex } from '../../core/stage/channels.js';
import { isPadding } from '../../core/stage/walk.js';

/**
 * @import {Place} from '../../core/stage/place.js'
 * @import {GradientCheck} from '../../state/lab/gradient_check.js'
 * @import {LabState} from '../../state/lab/store.js'
 * @import {Stage} from './stage_model.js'
 * @typedef {NonNullable<Stage['planes']['value']>} Planes
 */

/**
 * What was compared with PyTorch, by its name.
 * @param {LabState} lab
 * @param {Stage} stage
 */
export function checkedOf({ check, gradientCheck }, { planes, shift }) {
  const now = planes.value;
  const ofGradients = gradientCheck.value;
  const isBackward = now?.see.kind === 'backward';
  const { status, largest } = (isBackward && ofGradients) || check.value;
  // The server is asked about the input as it is set, also while the stage shows it shifted.
  const input = shift.value ? ' of the unshifted input' : '';
  if (isBackward && ofGradients) {
    return { status, largest, name: `gradients${input}`, counts: gradientCounts(now) };
  }
  const counts = [{ count: now?.outcome.output.data.length ?? 0, of: '' }];
  const name = isBackward || input ? `output values${input}` : 'all values';
  return { status, largest, name, counts };
}

/** @param {Planes} now */
function gradientCounts({ gradients }) {
  const lengths = /** @type {const} */ ([
    [gradients?.input, 'of the input'],
    [gradients?.weight, 'of the weights'],
    [gradients?.bias, 'of the bias'],
  ]);
  return lengths.flatMap(([values, of]) => (values ? [{ count: values.data.length, of }] : []));
}

/**
 * Our number of the explained value, and PyTorch's, where it was asked for it.
 * @param {LabState} lab
 * @param {Stage} stage
 */
export function comparedOf({ check, gradientCheck }, { planes, shift }) {
  const now = planes.value;
  const place = now?.spot;
  if (!now || !place || shift.value) return { ours: null, torch: null };
  return now.see.kind === 'backward'
    ? gradientPair(now, place, gradientCheck.value)
    : outputPair(now, place, check.value);
}

/** @param {Planes} now @param {Place} place @param {import('../../state/lab/check.js').Check} check */
function outputPair({ outcome: { output } }, place, { torch }) {
  if (place.side !== 'output') return { ours: null, torch: null };
  return pairAt(output.data, torch?.data, indexIn(output.shape, place));
}

/** @param {Planes} now @param {Place} place @param {GradientCheck | null} found */
function gradientPair({ experiment, gradients }, place, found) {
  const { side, channel, row, column, filter = 0 } = place;
  const isThere = side !== 'output' && !isPadding(experiment, place);
  if (!found || !gradients || !isThere) return { ours: null, torch: null };
  if (side === 'input') {
    return pairAt(gradients.input.data, found.torch.input, indexIn(gradients.input.shape, place));
  }
  const index = weightIndex(experiment, filter, channel, row, column);
  return pairAt(gradients.weight?.data, found.torch.weight, index);
}

/** @param {readonly number[]} shape @param {Place} place */
function indexIn([, height, width], { channel, row, column }) {
  return (channel * height + row) * width + column;
}

/** @param {Float64Array | undefined} ours @param {Float64Array | undefined} torch @param {number} index */
function pairAt(ours, torch, index) {
  return { ours: ours?.[index] ?? null, torch: torch?.[index] ?? null };
}
