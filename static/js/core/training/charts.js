// The charts of a run: which lines each has, and what a line says at a step.

import { indexBy } from './curves.js';
import { smoothed } from './smoothing.js';

/**
 * @import {Curves} from './curves.js'
 * @typedef {ArrayLike<number | null>} Values
 *
 * A line of a chart. `shape`: how it is drawn; `role`: what it is, for its colour; `of`: which of how
 * many alike it is.
 * @typedef {{readonly name: string, readonly x: ArrayLike<number>, readonly values: Values,
 *   readonly shape: 'raw' | 'line' | 'points' | 'stairs',
 *   readonly role: 'train' | 'validation' | 'total' | 'layer' | 'lr',
 *   readonly of?: readonly [number, number], readonly isOther?: boolean,
 *   readonly isShadow?: boolean}} Line  isShadow: the legend need not name it
 *
 * @typedef {'loss' | 'accuracy' | 'gradient' | 'lr'} ChartName
 * @typedef {'linear' | 'log'} Scale
 * @typedef {{readonly name: ChartName, readonly title: string, readonly scale: Scale,
 *   readonly scales: readonly Scale[], readonly quantity: 'number' | 'percent',
 *   readonly isOfEpochs?: boolean, readonly lines: (curves: Curves, span: number) => Line[]}} Chart
 *   isOfEpochs: its lines are the same from one epoch's end to the next
 */

/** A column without what no chart can draw. @param {Float64Array} column @returns {Float64Array} */
const drawable = (column) =>
  column.every(Number.isFinite)
    ? column
    : column.map((value) => (Number.isFinite(value) ? value : NaN));

/**
 * A line, and over it the same smoothed; the raw one is its shadow, and said nothing of apart.
 * @param {Omit<Line, 'values' | 'shape'>} line
 * @param {Float64Array} column
 * @param {number} span
 * @returns {Line[]}
 */
function withSmoothed(line, column, span) {
  const values = drawable(column);
  if (span === 0) return [{ ...line, values, shape: 'line' }];
  return [
    { ...line, values, shape: 'raw', isShadow: true },
    { ...line, values: smoothed(values, span, line.x), shape: 'line' },
  ];
}

/** @param {Curves} curves @param {'val_loss' | 'val_accuracy'} name */
function ofEpochs({ epochs }, name) {
  const x = epochs.map(({ step }) => step);
  return { x, values: epochs.map((epoch) => (Number.isFinite(epoch[name]) ? epoch[name] : null)) };
}

/** @type {readonly Chart[]} */
export const CHARTS = [
  {
    name: 'loss',
    title: 'Loss',
    scale: 'linear',
    scales: ['linear', 'log'],
    quantity: 'number',
    lines: (curves, span) => {
      const values = drawable(curves.loss);
      /** @type {Line} */
      const raw = { name: 'training', x: curves.step, values, shape: 'raw', role: 'train' };
      /** @type {Line} */
      const judged = {
        name: 'validation',
        ...ofEpochs(curves, 'val_loss'),
        shape: 'points',
        role: 'validation',
      };
      if (span === 0) return [{ ...raw, shape: 'line' }, judged];
      return [
        raw,
        {
          ...raw,
          name: 'training, smoothed',
          values: smoothed(values, span, curves.step),
          shape: 'line',
        },
        judged,
      ];
    },
  },
  {
    name: 'accuracy',
    title: 'Accuracy',
    scale: 'linear',
    scales: ['linear'],
    quantity: 'percent',
    isOfEpochs: true,
    lines: (curves) => [
      {
        name: 'validation',
        ...ofEpochs(curves, 'val_accuracy'),
        shape: 'points',
        role: 'validation',
      },
    ],
  },
  {
    name: 'gradient',
    title: 'Gradient norm',
    scale: 'log',
    scales: ['linear', 'log'],
    quantity: 'number',
    lines: (curves, span) => [
      ...withSmoothed({ name: 'all', x: curves.step, role: 'total' }, curves.gradient_norm, span),
      ...curves.layers.flatMap((name, index) =>
        withSmoothed(
          { name, x: curves.step, role: 'layer', of: [index, curves.layers.length] },
          curves.layerNorms[index],
          span,
        ),
      ),
    ],
  },
  {
    name: 'lr',
    title: 'Learning rate',
    scale: 'log',
    scales: ['linear', 'log'],
    quantity: 'number',
    lines: (curves) => [
      { name: 'learning rate', x: curves.step, values: curves.lr, shape: 'stairs', role: 'lr' },
    ],
  },
];

/**
 * All lines of a chart: those of a run, and of the one that it is compared with, which has no raw line beside
 * the smoothed one.
 * @param {Chart} chart
 * @param {Curves} curves
 * @param {Curves | null} other
 * @param {number} span
 * @returns {Line[]}
 */
export function linesOf(chart, curves, other, span) {
  const compared = other ? chart.lines(other, span).filter(({ shape }) => shape !== 'raw') : [];
  return [...chart.lines(curves, span), ...compared.map((line) => ({ ...line, isOther: true }))];
}

/** What a line says at a step: its last value by then; null before its first. @param {Pick<Line, 'x' | 'values'>} line @param {number} step */
export function valueAt({ x, values }, step) {
  const at = indexBy(x, step);
  return at < 0 ? null : values[at];
}

/** The step of a row that lies nearest to a place between the steps. @param {ArrayLike<number>} x @param {number} place */
export function nearestStep(x, place) {
  if (x.length === 0) return null;
  const at = Math.max(0, indexBy(x, place));
  const next = Math.min(x.length - 1, at + 1);
  return place - x[at] <= x[next] - place ? x[at] : x[next];
}
