// MyCNN's layers as choices, and what a network's layers come to, one a line.

import { count, withUnit } from '../number.js';
import { ABOVE, WHOLE, number } from './control_rows.js';
import { withChoice } from './recipe.js';

/**
 * @import {NumberRow, Row} from './control_rows.js'
 * @import {Recipe} from './recipe.js'
 *
 * @typedef {{channels: number, kernel_size: number, stride: number, padding: number}} Convolution
 * @typedef {{conv1: Convolution, conv2: Convolution, conv3: Convolution | null,
 *   pool: {kind: 'max' | 'average', kernel_size: number, stride: number}, fc1: {units: number}}} Layers
 *
 * The choices of one layer; `isOpen`: it was opened, or one of them is refused.
 * @typedef {{name: string, text: string, summary: string, rows: readonly Row[], isOpen: boolean}} LayerGroup
 *
 * One line of what a network comes to. @typedef {{name: string, gives: string, parameters: string,
 *   macs: string, formula: string, isFrozen: boolean}} LayerLine
 */

/** The article's layers. @type {Layers} */
export const USUAL_LAYERS = {
  conv1: { channels: 32, kernel_size: 3, stride: 1, padding: 1 },
  conv2: { channels: 64, kernel_size: 3, stride: 1, padding: 1 },
  conv3: null,
  pool: { kind: 'max', kernel_size: 2, stride: 2 },
  fc1: { units: 128 },
};

/** What a third convolution is at first. @type {Convolution} */
export const THIRD = { channels: 64, kernel_size: 3, stride: 1, padding: 1 };

const POOLINGS = [
  { value: 'max', text: 'max', title: 'The largest value of each window.', sets: 'max' },
  { value: 'average', text: 'average', title: 'The mean of each window.', sets: 'average' },
];

/** The layers of a recipe's MyCNN. @param {Recipe} recipe @returns {Layers} */
export const layersOf = ({ layers }) => ({
  ...USUAL_LAYERS,
  .../** @type {Partial<Layers> | null | undefined} */ (layers),
});

/**
 * A recipe's layers in which one choice is another; null where they are the article's.
 * @param {Recipe} recipe
 * @param {string} path  as in `layers.conv1.channels`
 * @param {unknown} choice
 * @returns {Layers | null}
 */
export function withLayer(recipe, path, choice) {
  const next = layersOf(withChoice({ ...recipe, layers: layersOf(recipe) }, path, choice));
  return JSON.stringify(next) === JSON.stringify(USUAL_LAYERS) ? null : next;
}

/** @param {Recipe} recipe  with all its layers @param {string} name @returns {NumberRow[]} */
function convolutionRows(recipe, name) {
  const path = (/** @type {string} */ each) => `layers.${name}.${each}`;
  return [
    number(
      recipe,
      path('channels'),
      'channels',
      'Filters, each with a map of its own.',
      [1, 512],
      WHOLE,
    ),
    number(recipe, path('kernel_size'), 'kernel size', 'The side of a window.', [1, 28], WHOLE),
    number(recipe, path('stride'), 'stride', 'Pixels from one window to the next.', [1, 28], WHOLE),
    number(recipe, path('padding'), 'padding', 'Zeros around the map.', [0, 14], WHOLE),
  ];
}

/** @param {Convolution} layer */
const convolutionText = ({ channels, kernel_size: side, stride, padding }) =>
  `${channels} of ${side}×${side}${stride > 1 ? `, stride ${stride}` : ''}${padding > 0 ? `, padding ${padding}` : ''}`;

/**
 * What can be chosen of MyCNN's layers, a group each.
 * @param {Recipe} recipe
 * @param {ReadonlyMap<string, string>} refusals  a sentence by the path of the choice
 * @param {ReadonlySet<string>} opened  the names of layers that were opened
 * @returns {LayerGroup[]}
 */
export function layerGroups(recipe, refusals, opened) {
  const layers = layersOf(recipe);
  const whole = { ...recipe, layers };
  const { pool, fc1 } = layers;
  const convolutions = /** @type {const} */ (['conv1', 'conv2', 'conv3']).flatMap((name) => {
    const layer = layers[name];
    if (!layer) return [];
    return [
      { name, text: name, summary: convolutionText(layer), rows: convolutionRows(whole, name) },
    ];
  });
  /** @type {Omit<LayerGroup, 'isOpen'>[]} */
  const groups = [
    ...convolutions,
    {
      name: 'pool',
      text: 'pooling',
      summary: `${pool.kind} of ${pool.kernel_size}×${pool.kernel_size}, stride ${pool.stride}`,
      rows: [
        {
          kind: 'choice',
          path: 'layers.pool.kind',
          text: 'pooling',
          options: POOLINGS,
          value: pool.kind,
        },
        number(whole, 'layers.pool.kernel_size', 'window', 'The side of a window.', [1, 28], WHOLE),
        number(
          whole,
          'layers.pool.stride',
          'stride',
          'Pixels from one window to the next.',
          [1, 28],
          WHOLE,
        ),
      ],
    },
    {
      name: 'fc1',
      text: 'fc1',
      summary: `${fc1.units} units`,
      rows: [
        number(
          whole,
          'layers.fc1.units',
          'units',
          'Of the dense layer before the last.',
          [0, 4096],
          { ...WHOLE, ...ABOVE },
        ),
      ],
    },
  ];
  return groups.map((group) => ({
    ...group,
    isOpen: opened.has(group.name) || group.rows.some(({ path }) => refusals.has(path)),
  }));
}

/** How a size comes about, with its numbers; '' for a layer that has no windows. @param {Readonly<Record<string, any>> | null} step */
export function formulaText(step) {
  if (!step || step.kernel_size === undefined) return '';
  const { input, kernel_size: kernel, stride, output, unread = [] } = step;
  const padding = step.padding_before + step.padding_after;
  const padded = padding > 0 ? `${input} + ${padding}` : `${input}`;
  const left = unread.length > 0 ? `, ${unread.length} unread` : '';
  return `⌊(${padded} − ${kernel}) / ${stride}⌋ + 1 = ${output}${left}`;
}

/** Many multiplications in few characters. @param {number} macs */
export const macsText = (macs) =>
  macs < 1e6 ? count(macs) : withUnit((macs / 1e6).toFixed(1), 'M');

/** A layer that gives what it gets in the same shape, and learns nothing. @param {any} layer */
const isPlain = ({ input_shape: reads, output_shape: gives, parameters }) =>
  parameters === 0 && reads.join() === gives.join();

/** The layers of a plan that learn or change a shape, one a line. @param {readonly any[]} layers @returns {LayerLine[]} */
export const layerLines = (layers) =>
  layers
    .filter((layer) => !isPlain(layer))
    .map(({ name, output_shape: shape, output_size: size, parameters, macs, trainable }) => ({
      name,
      gives: shape.join('×'),
      parameters: parameters > 0 ? count(parameters) : '',
      macs: macs > 0 ? macsText(macs) : '',
      formula: formulaText(size?.height ?? null),
      isFrozen: parameters > 0 && !trainable,
    }));
