// What one cell is made of, or what it gives, as an equation: blocks of products, one a channel, in
// the order in which they are added.

import { fixed } from '../number.js';
import { operationOf } from '../operations/registry.js';
import { gradients, traceAt } from '../experiment/outcome.js';
import { eachProduct, gradientOf, meetingsOf, pixelOf, weightOf } from './meetings.js';
import { shareOf } from './shares.js';
import { nameOf, valueAt } from './sentences.js';
import { weightIndex } from './channels.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {PlanesModel} from './planes.js'
 * @import {Gradients} from '../experiment/outcome.js'
 * @import {Meeting} from '../operations/axis_map.js'
 * @import {Role} from './board.js'
 * @import {One} from './meetings.js'
 * @import {Place} from './place.js'
 *
 * The products of one pair of channels, row-major: `left` times `right`, where there is a right.
 * Padding counts as what it is; `mark` is the place of a maximum's winner, else -1. `cells` says
 * where each of them stands.
 * @typedef {{
 *   channel: number,
 *   filter: number,
 *   rows: number,
 *   columns: number,
 *   left: Float64Array,
 *   right: Float64Array | null,
 *   isPadding: boolean[],
 *   cells: {down: Meeting, across: Meeting}[],
 *   mark: number,
 *   sum: number,
 * }} Block
 *
 * How the blocks are put together. `apart`: each product goes to another sum.
 * @typedef {(({kind: 'sum', bias: number | null} | {kind: 'apart'})
 *   & import('../operations/registry.js').Sides) | import('../operations/registry.js').Way} Way
 *
 * `isGradient` says that `result` is one.
 * @typedef {{
 *   name: string,
 *   place: Place,
 *   value: number | null,
 *   blocks: Block[],
 *   leftRole: Role,
 *   rightRole: Role,
 *   way: Way,
 *   result: number | null,
 *   isGradient: boolean,
 * }} Equation
 */

/** What is not added up. */
const APART = /** @type {const} */ ({ kind: 'apart', before: '', behind: '' });

/** The equation of a place. @param {PlanesModel} model @param {Place} place @returns {Equation} */
export function equationOf(model, place) {
  const { experiment, see } = model;
  const isBackward = see.kind === 'backward';
  const isPool = !operationOf(experiment).hasWeight;
  const value = valueAt(model, place);
  const basis = { name: nameOf(experiment, place), place, value, isGradient: isBackward };
  if (isPool && place.side === 'output' && !isBackward)
    return { ...basis, ...pooled(experiment, place) };
  const factors = factorsOf(isBackward, isPool, place.side);
  const blocks = blocksOf(experiment, place, factors.left, factors.right);
  const isSum = isBackward ? place.side !== 'output' : place.side === 'output';
  if (!isSum) return { ...basis, ...factors.roles, blocks, way: APART, result: null };
  const bias = isBackward ? null : (experiment.bias?.[place.channel] ?? null);
  const total = blocks.reduce((sum, block) => sum + block.sum, 0);
  const result = isBackward ? gradientAt(experiment, place) : total + (bias ?? 0);
  const behind = bias === null ? '' : `+ ${fixed(bias, 2)}`;
  const way = /** @type {const} */ ({ kind: 'sum', bias, before: 'Σ', behind });
  return { ...basis, ...factors.roles, blocks, way, result };
}

/**
 * What is multiplied by what, and from which palettes the two take their colours.
 * @param {boolean} isBackward
 * @param {boolean} isPool
 * @param {Place['side']} side
 */
function factorsOf(isBackward, isPool, side) {
  /** @param {Role} leftRole @param {Role} rightRole */
  const roles = (leftRole, rightRole) => ({ leftRole, rightRole });
  if (!isBackward) {
    const right = isPool ? null : weightOf;
    return { left: pixelOf, right, roles: roles('input', 'kernel') };
  }
  if (side === 'kernel') {
    return { left: pixelOf, right: gradientOf, roles: roles('input', 'output_gradient') };
  }
  const right = isPool ? shareOf : weightOf;
  return { left: gradientOf, right, roles: roles('output_gradient', 'kernel') };
}

/**
 * The products of every pair of channels.
 * @param {Experiment} experiment
 * @param {Place} place
 * @param {(one: One) => number} left
 * @param {((one: One) => number) | null} right
 * @returns {Block[]}
 */
function blocksOf(experiment, place, left, right) {
  const met = meetingsOf(experiment, place);
  const [rows, columns] = [met.down.length, met.across.length];
  const blocks = met.pairs.map(({ channel, filter }) => ({
    channel,
    filter,
    rows,
    columns,
    left: new Float64Array(rows * columns),
    right: right && new Float64Array(rows * columns),
    isPadding: /** @type {boolean[]} */ ([]),
    cells: /** @type {Block['cells']} */ ([]),
    mark: -1,
    sum: 0,
  }));
  let cell = 0;
  eachProduct(met, (one) => {
    const block = blocks[Math.floor(cell / (rows * columns))];
    const at = cell % (rows * columns);
    block.left[at] = left(one);
    if (block.right && right) block.right[at] = right(one);
    block.sum += block.left[at] * (block.right?.[at] ?? 1);
    const { down, across } = one;
    block.cells[at] = { down, across };
    block.isPadding[at] = down.source !== down.input || across.source !== across.input;
    cell += 1;
  });
  return blocks;
}

/**
 * Where one product of an equation stands, counted over all blocks: its cell on each side.
 * @param {Equation} equation
 * @param {number} term
 * @returns {Place[]}
 */
export function placesOfTerm({ blocks }, term) {
  const size = blocks[0]?.left.length ?? 0;
  const block = blocks[Math.floor(term / Math.max(1, size))];
  const cell = block?.cells[term % size];
  if (!cell) return [];
  const { channel, filter } = block;
  const { down, across } = cell;
  return [
    { side: 'input', channel, row: down.input, column: across.input },
    { side: 'kernel', channel, filter, row: down.kernel, column: across.kernel },
    { side: 'output', channel: filter, row: down.output, column: across.output },
  ];
}

/**
 * One pooled value: its window and how it becomes one number.
 * @param {Experiment} experiment
 * @param {Place} place
 * @returns {Pick<Equation, 'blocks' | 'leftRole' | 'rightRole' | 'way' | 'result'>}
 */
function pooled(experiment, place) {
  const [block] = blocksOf(experiment, place, pixelOf, null);
  const trace = traceAt(experiment, place);
  const { way } = /** @type {import('../operations/registry.js').Pooled} */ (
    operationOf(experiment).pooled
  );
  const made = way(trace);
  const mark = made.kind === 'maximum' ? made.mark : -1;
  return {
    blocks: [{ ...block, mark }],
    leftRole: 'input',
    rightRole: 'kernel',
    way: made,
    result: trace.value,
  };
}

/**
 * The gradient of a pixel or a weight; null of padding.
 * @param {Experiment} experiment  one that is not refused
 * @param {Place} place
 */
function gradientAt(experiment, { side, channel, row, column, filter = 0 }) {
  const { input, weight } = /** @type {Gradients} */ (gradients(experiment));
  if (side === 'kernel') {
    const index = weightIndex(experiment, filter, channel, row, column);
    return weight ? weight.data[index] : null;
  }
  const [, height, width] = experiment.input.shape;
  const isPixel = row >= 0 && column >= 0 && row < height && column < width;
  return isPixel ? input.data[(channel * height + row) * width + column] : null;
}
