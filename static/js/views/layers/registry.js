// How each kind of layer is shown, one object a kind. Another kind is a file of its own and a line here.

import { ACTIVATIONS } from '../../core/layers/activations.js';
import { activation } from './activation.js';
import { add } from './add.js';
import { batchNorm2d } from './batch_norm2d.js';
import { conv2d } from './conv2d.js';
import { linear } from './linear.js';
import { concatenate, dropout, flatten, pad } from './move.js';
import { multiply } from './multiply.js';
import { adaptiveAvgPool2d, avgPool2d, maxPool2d, mean } from './pooling.js';
import { softmax } from './softmax.js';
import { unexplained } from './unexplained.js';

/**
 * @import {CellModel} from '../cell.js'
 * @import {LabelModel} from '../hover_label.js'
 * @import {Figure, FiguresModel} from '../map_figures.js'
 *
 * `cell`: one value down to what it is made of; `label`: the same behind an equals sign, `waiting`
 * until the weights are there; `figures`: how a map comes about, beside what every kind shows.
 * `hasUnitWeights`: whether its weights stand beside one of its units.
 * @typedef {object} KindView
 * @property {string} kind  PyTorch's name
 * @property {(model: CellModel) => unknown} cell
 * @property {(model: LabelModel) => unknown} label
 * @property {string} [waiting]
 * @property {(model: FiguresModel) => Figure[]} [figures]
 * @property {boolean} [hasUnitWeights]
 */

/** @type {readonly KindView[]} */
export const KIND_VIEWS = [
  conv2d,
  maxPool2d,
  avgPool2d,
  adaptiveAvgPool2d,
  mean,
  pad,
  ...ACTIVATIONS.map(activation),
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

const BY_NAME = new Map(KIND_VIEWS.map((view) => [view.kind, view]));

/** How a layer is shown. @param {{readonly kind: string}} layer @returns {KindView} */
export const viewOf = ({ kind }) => BY_NAME.get(kind) ?? unexplained;
