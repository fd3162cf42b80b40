// The kinds of layers, each an object that explains its values. Another kind is a file of its own and
// a line here.

import { ACTIVATIONS } from './activations.js';
import { add } from './add.js';
import { batchNorm2d } from './batch_norm2d.js';
import { concatenate } from './concatenate.js';
import { conv2d } from './conv2d.js';
import { dropout } from './dropout.js';
import { flatten } from './flatten.js';
import { linear } from './linear.js';
import { multiply } from './multiply.js';
import { pad } from './pad.js';
import { adaptiveAvgPool2d, avgPool2d, maxPool2d, mean } from './pooling.js';
import { softmax } from './softmax.js';
import { unexplained } from './unexplained.js';

/**
 * @import {Position} from '../operands.js'
 * @import {Tensor} from '../tensor.js'
 *
 * A layer as the outline gives it, as far as its kind asks.
 * @typedef {object} Layer
 * @property {string} name
 * @property {string} kind
 * @property {Readonly<Record<string, any>>} settings
 * @property {readonly string[]} inputs
 * @property {readonly number[]} input_shape
 * @property {readonly number[]} output_shape
 * @property {string | null} [note]  what is to be known of it
 * @property {import('../encoding.js').Encoding | null} [encoding]  of values that are shown as others than they are
 *
 * What a layer learned, by PyTorch's names.
 * @typedef {Readonly<Partial<Record<string, Tensor>>>} Parameters
 *
 * What a value is explained from: the layer, what it read and what it gave.
 * @typedef {object} Given
 * @property {Layer} layer
 * @property {readonly Tensor[]} inputs  in the layer's order
 * @property {Tensor} output
 * @property {Parameters} parameters
 *
 * A rectangle of one map of one of the inputs.
 * @typedef {{input: number, channel: number, row: number, column: number, rows: number,
 *   columns: number}} Read
 */

/**
 * One kind of layer. `trace`: what one value is made of. `reads`: where that stood, where it is a part
 * of each map. `formula` is LaTeX; `sentence` says what a value is made of, '' where nothing is known;
 * `mapRole` what makes one map; `factors` what a layer's multiply-accumulates are the product of;
 * `activation` what a function of one value is, in a line, `isLinear` whether what came in as the score of a
 * class is one still; `sign` what joins the maps that are read; `partials` a map before its channels are
 * summed; `operation` what it is in the Lab.
 * @template {{value: number}} T
 * @typedef {object} Kind
 * @property {string} kind  PyTorch's name
 * @property {boolean} [hasParameters]  without which nothing is known of a value
 * @property {(given: Given, at: Position) => T | null} trace
 * @property {(trace: T, at: Position, layer: Layer) => string} formula
 * @property {(trace: T, at: Position, decimals: number, layer: Layer) => string} sentence
 * @property {(layer: Layer) => string} role
 * @property {(layer: Layer, channel: number) => string} [mapRole]
 * @property {(trace: T, at: Position) => Read[]} [reads]
 * @property {(layer: Layer) => number[]} [factors]
 * @property {(value: string, layer: Layer) => string} [activation]
 * @property {boolean} [isLinear]
 * @property {'+' | '×'} [sign]
 * @property {(given: Given, channel: number) => Tensor | null} [partials]
 * @property {import('../experiment/experiment.js').Experiment['operation']} [operation]
 */

/** Every kind. @type {readonly Kind<any>[]} */
export const KINDS = [
  conv2d,
  maxPool2d,
  avgPool2d,
  adaptiveAvgPool2d,
  mean,
  pad,
  ...ACTIVATIONS,
  batchNorm2d,
  dropout,
  add,
  multiply,
  concatenate,
  flatten,
  linear,
  softmax,
  unexplained,
];

const BY_NAME = new Map(KINDS.map((kind) => [kind.kind, kind]));

/** The kind of a layer. @param {{readonly kind: string}} layer @returns {Kind<any>} */
export const kindOf = ({ kind }) => BY_NAME.get(kind) ?? unexplained;
