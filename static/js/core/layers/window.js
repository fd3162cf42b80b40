// Kinds with a moving window: what one of their values is made of is an equation of the Lab.

import { counted } from '../number.js';
import { once } from '../once.js';
import { operationOf } from '../operations/registry.js';
import { figure } from '../rounding.js';
import { equationOf } from '../stage/equation.js';
import { symbolsOf } from '../stage/symbols.js';
import { windowParts } from './window_parts.js';

/**
 * @import {Experiment, Values} from '../experiment/experiment.js'
 * @import {Equation} from '../stage/equation.js'
 * @import {Tensor} from '../tensor.js'
 * @import {Given, Kind} from './registry.js'
 * @typedef {{value: number, experiment: Experiment, equation: Equation}} WindowTrace
 * @typedef {Kind<WindowTrace> & {operation: Experiment['operation']}} WindowKind
 */

/** What a layer without weights has in their place. @type {Values} */
const NONE = { shape: [0, 0, 0, 0], data: new Float64Array(0) };

/**
 * What was made before: neither answers nor layers nor their weights ever change.
 * @type {WeakMap<Tensor, WeakMap<object, {parameters: object, experiment: Experiment}>>}
 */
const experiments = new WeakMap();

/**
 * The experiment that a layer does on what it reads, in the same words and shapes; that of the same
 * input and weights is made once.
 * @param {Given} given
 * @param {{operation: Experiment['operation'], settings?: Experiment['settings']}} own
 * @returns {Experiment}
 */
function experimentOf({ layer, inputs: [input], parameters }, { operation, settings }) {
  let known = experiments.get(input);
  if (!known) experiments.set(input, (known = new WeakMap()));
  const before = known.get(layer);
  if (before?.parameters === parameters) return before.experiment;
  const { weight, bias } = parameters;
  /** @type {Experiment} */
  const experiment = {
    operation,
    input: double(input),
    weight: weight ? double(weight) : NONE,
    bias: bias ? double(bias).data : null,
    settings: settings ?? layer.settings,
    outputGradient: null,
  };
  known.set(layer, { parameters, experiment });
  return experiment;
}

/** A tensor in float64. @type {(tensor: Tensor) => Values} */
const double = once(({ shape, data }) => ({ shape, data: Float64Array.from(data) }));

/** A vector as maps of one value each. @param {Tensor} output */
const asMaps = ({ shape: [maps, rows = 1, columns = 1], data }) => ({
  shape: [maps, rows, columns],
  data,
});

/** How the Lab sees an operation from input to output. */
const FORWARD = /** @type {const} */ ({ kind: 'forward' });

/**
 * A kind that does an operation of the Lab.
 * @param {Pick<WindowKind, 'kind' | 'hasParameters' | 'operation' | 'role' | 'mapRole' | 'factors' | 'partials'>
 *   & {settings?: Experiment['settings']}} own  `settings`: the operation's, where the layer has others
 * @returns {WindowKind}
 */
export const windowed = (own) => ({
  ...own,
  trace(given, { channel, row, column }) {
    const experiment = experimentOf(given, own);
    // The output is PyTorch's: nothing is computed but the one value.
    const model = { experiment, see: FORWARD, outcome: { output: asMaps(given.output) } };
    const equation = equationOf(/** @type {any} */ (model), {
      side: 'output',
      channel,
      row,
      column,
    });
    return { value: Number(equation.result), experiment, equation };
  },
  formula: ({ experiment, equation }) => symbolsOf(experiment, equation),
  sentence: (trace, _, decimals) => madeOf(trace, decimals),
  reads: ({ equation: { blocks } }) => blocks.flatMap((block) => boxOf(block)),
});

/**
 * Where a block's window lies on its map, the padding left out; nowhere where it sees nothing else.
 * @param {Equation['blocks'][number]} block
 */
function boxOf({ channel, cells }) {
  const rows = cells.flatMap(({ down }) => down.source ?? []);
  const columns = cells.flatMap(({ across }) => across.source ?? []);
  if (rows.length * columns.length === 0) return [];
  const [row, column] = [Math.min(...rows), Math.min(...columns)];
  const size = { rows: Math.max(...rows) - row + 1, columns: Math.max(...columns) - column + 1 };
  return [{ input: 0, channel, row, column, ...size }];
}

/** @param {WindowTrace} trace @param {number} decimals */
function madeOf(trace, decimals) {
  const { experiment, equation } = trace;
  const { blocks, way } = equation;
  const [{ left, mark, cells }] = blocks;
  if (way.kind !== 'sum') {
    const { made } = windowParts(trace);
    if (!operationOf(experiment).isMaximum) return made;
    const winner = cells[mark];
    return winner ? `${made}, from row ${winner.down.input}, column ${winner.across.input}` : '';
  }
  const bias = way.bias === null ? '' : ` and bias ${figure(way.bias, decimals)}`;
  const [best] = largestFirst(blocks);
  const most = figure(best.sum, decimals);
  return blocks.length === 1
    ? `${counted(left.length, 'product')} ${most}${bias}`
    : `the sums of ${blocks.length} channels${bias}; map ${best.channel} adds most, ${most}`;
}

/**
 * The blocks of an equation, largest amount first, of equals the earlier one.
 * @param {readonly Equation['blocks'][number][]} blocks
 */
export const largestFirst = (blocks) =>
  [...blocks].sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
