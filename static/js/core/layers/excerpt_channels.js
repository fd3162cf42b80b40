// Which channels of a layer go into the Lab, and with which weights.

import { withInput } from '../experiment/change_input.js';
import { withOperation } from '../experiment/change_settings.js';
import { EXAMPLE } from '../experiment/example.js';
import { MOST_CHANNELS } from '../limits.js';
import { largestFirst } from './window.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {Equation} from '../stage/equation.js'
 * @typedef {ReturnType<typeof keptChannels>} Kept
 */

/**
 * What is kept of the channels: all of them, or one filter's (one map's), those that add most; `bias`
 * has what the others add.
 * @param {Experiment} experiment
 * @param {Equation} equation
 * @param {boolean} isWhole
 */
export function keptChannels({ input, weight, bias }, { blocks, place, way }, isWhole) {
  const all = Array.from({ length: input.shape[0] }, (_, channel) => channel);
  const read = largestFirst(blocks).slice(0, MOST_CHANNELS);
  const others = blocks.filter((block) => !read.includes(block));
  const added = others.reduce((sum, block) => sum + block.sum, 0);
  const isSum = way.kind === 'sum';
  const hasBias = bias !== null || others.length > 0;
  const offset = hasBias ? Float64Array.of((bias?.[place.channel] ?? 0) + added) : null;
  const notes = [];
  if (isSum && weight.shape[0] > 1) notes.push(`filter ${place.channel} alone`);
  if (!isSum && all.length > 1) notes.push(`map ${place.channel} alone`);
  if (others.length > 0) {
    notes.push(
      `its ${read.length} maps of ${blocks.length} that add most, the others’ sum in the bias`,
    );
  }
  if (isWhole) return { isWhole, channels: all, bias, blocks, notes: [] };
  const own = blocks.filter((block) => read.includes(block));
  return { isWhole, channels: own.map(({ channel }) => channel), bias: offset, blocks: own, notes };
}

/**
 * What the operation is done on; a pooling keeps the kernels of the Lab's example aside.
 * @param {Experiment} experiment
 * @param {Experiment['input']} input
 * @param {Kept} kept
 */
export function operandsOfKept({ operation, weight }, input, { isWhole, bias, blocks }) {
  if (weight.data.length === 0) {
    const plain = withInput(withOperation(EXAMPLE, operation), input);
    return { input, weight: plain.weight, bias: null, outputGradient: null };
  }
  if (isWhole) return { input, weight, bias, outputGradient: null };
  const { rows, columns } = blocks[0];
  const data = new Float64Array(blocks.length * rows * columns);
  blocks.forEach(({ right }, index) =>
    data.set(/** @type {Float64Array} */ (right), index * rows * columns),
  );
  const part = { shape: [1, blocks.length, rows, columns], data };
  return { input, weight: part, bias, outputGradient: null };
}
