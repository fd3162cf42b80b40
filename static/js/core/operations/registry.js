// The operations, each an object that knows all of itself; and what is asked of one of them.

import { once } from '../once.js';
import { adaptiveAverage, adaptiveMax, globalAverage, globalMax } from './adaptive_pool2d.js';
import { average } from './average_pool2d.js';
import { conv2d } from './conv2d.js';
import { convTranspose2d } from './conv_transpose2d.js';
import { lp } from './lp_pool2d.js';
import { max } from './max_pool2d.js';

/**
 * @import {Position} from '../operands.js'
 * @import {LayerSettings, WindowSettings} from '../settings.js'
 * @import {SeeKind} from '../stage/place.js'
 * @import {AxisMap} from './axis_map.js'
 * @import {Sums, Values} from './frames.js'
 * @typedef {import('./checks.js').Refusal} Refusal
 * @typedef {'conv2d' | 'conv_transpose2d' | 'max' | 'average' | 'lp' | 'adaptive_max'
 *   | 'adaptive_average' | 'global_max' | 'global_average'} OperationName
 * @typedef {{readonly height: AxisMap,
 *   readonly width: AxisMap}} Axes
 *
 * What an operation is done on. The weight is read by those alone that have one.
 * @typedef {{
 *   readonly input: Values,
 *   readonly weight: Values,
 *   readonly bias: Float64Array | Float32Array | null,
 * }} Tensors
 * @typedef {Tensors & {readonly settings: WindowSettings, readonly axes: Axes}} Operands
 *
 * What one value is made of.
 * @typedef {import('./conv2d.js').Conv2dTrace | import('./conv_transpose2d.js').ConvTranspose2dTrace
 *   | import('./max_pool2d.js').MaxPool2dTrace | import('./average_pool2d.js').AvgPool2dTrace
 *   | import('./lp_pool2d.js').LPPool2dTrace} Trace
 *
 * `indices` say where a maximum stood, counted within one map, -1 where a window sees nothing but
 * padding; null of all others.
 * @typedef {{output: Sums, indices: Int32Array | null}} Computed
 * @typedef {{input: Sums, weight: Sums | null, bias: Sums | null}} Gradients
 *
 * How a window became one value: `mark` is where the winner stands in it, -1 where none does. `before`
 * and `behind` are what stands there of a window that is drawn.
 * @typedef {({kind: 'maximum', mark: number} | {kind: 'mean', sum: number, divisor: number}
 *   | {kind: 'norm', sum: number, normType: number}) & Sides} Way
 * @typedef {{before: string, behind: string}} Sides
 *
 * What a pooling says of a trace of its own; `share` is the part of the value's gradient that a pixel
 * of its window gets, which holds `value`. `tex` puts the terms of a window together, and `alone` is
 * the operation that makes the same value of the window by itself. `word` is its shortest name.
 * @typedef {{
 *   readonly word: string,
 *   readonly way: (trace: any) => Way,
 *   readonly share: (trace: any, value: number, pixel: {row: number, column: number}) => number,
 *   readonly tex: (terms: readonly string[], way: any) => string,
 *   readonly alone: (way: any) => {operation: OperationName, settings: LayerSettings},
 * }} Pooled
 *
 * One operation. Those of one group are offered as one, and differ in what is `kept` of a window. Those
 * of one family share their settings, and `defaults` are those that no other family has; `fields` are
 * the settings that it reads itself, in the order in which they are shown, and `note` is what there is
 * to say of them all. `hasWindow`: its windows are worth being lifted out of the input. `path` is where
 * the API has it, below /api/v1; `sign` is what stands between its operands in LaTeX.
 * @typedef {{
 *   readonly name: OperationName,
 *   readonly title: string,
 *   readonly group: {readonly name: string, readonly text: string, readonly title: string},
 *   readonly family: 'conv2d' | 'conv_transpose2d' | 'pool2d',
 *   readonly fields: readonly (keyof LayerSettings)[],
 *   readonly defaults: LayerSettings,
 *   readonly note: string,
 *   readonly views: readonly SeeKind[],
 *   readonly path: string,
 *   readonly hasWeight: boolean,
 *   readonly isTransposed: boolean,
 *   readonly isMaximum: boolean,
 *   readonly hasWindow: boolean,
 *   readonly kept: string,
 *   readonly read: (settings: LayerSettings) => WindowSettings,
 *   readonly axes: (settings: WindowSettings, shape: readonly number[]) => Axes,
 *   readonly refusal: (settings: LayerSettings, shape: readonly number[], outChannels: number) =>
 *     Refusal | null,
 *   readonly compute: (operands: Operands) => Computed,
 *   readonly gradients: (operands: Operands, outputGradient: Values) => Gradients,
 *   readonly trace: (operands: Operands, position: Position) => Trace,
 *   readonly sign: (settings: WindowSettings) => string,
 *   readonly pooled: Pooled | null,
 * }} Operation
 *
 * What decides whether an operation can be done: `shape` is the input's, (C, H, W); `outChannels` are
 * read by the convolutions alone.
 * @typedef {{
 *   readonly operation: OperationName,
 *   readonly settings: LayerSettings,
 *   readonly shape: readonly number[],
 *   readonly outChannels: number,
 * }} Question
 *
 * An operation on its operands, in PyTorch's words: an experiment is one.
 * @typedef {Tensors & {readonly operation: OperationName, readonly settings: LayerSettings}} Task
 */

/** Every operation, in the order in which they are offered. @type {readonly Operation[]} */
export const OPERATIONS = [
  conv2d,
  convTranspose2d,
  max,
  average,
  lp,
  adaptiveMax,
  adaptiveAverage,
  globalMax,
  globalAverage,
];

/** Their names. */
export const OPERATION_NAMES = OPERATIONS.map(({ name }) => name);

const BY_NAME = new Map(OPERATIONS.map((operation) => [operation.name, operation]));

/** The operation of a name. @param {OperationName} name @returns {Operation} */
export function operationNamed(name) {
  return /** @type {Operation} */ (BY_NAME.get(name));
}

/** The operation of a task. @param {{readonly operation: OperationName}} task */
export function operationOf({ operation }) {
  return operationNamed(operation);
}

/** Why an operation cannot be done; null where it can. @param {Question} question @returns {Refusal | null} */
export function refusalOf(question) {
  const { settings, shape, outChannels } = question;
  return operationOf(question).refusal(settings, shape, outChannels);
}

/**
 * What a task is done on, with its settings in one form and the index map of its axes.
 * @type {(task: Task) => Operands}
 */
export const operandsOf = once((task) => {
  const { input, weight, bias } = task;
  const { read, axes } = operationOf(task);
  const settings = read(task.settings);
  return { input, weight, bias, settings, axes: axes(settings, input.shape) };
});

/** The index map of a task: its rows and its columns. @param {Task} task */
export function axesOf(task) {
  return operandsOf(task).axes;
}
