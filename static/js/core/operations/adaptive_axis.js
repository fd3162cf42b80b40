// The index map of an adaptive pooling: the output size is given, and the windows are laid out so that
// together they cover all.

import { range } from './axis.js';
import { AxisMap } from './axis_map.js';

/** @typedef {ReturnType<typeof adaptiveStep>} AdaptiveStep */

/** How an axis is shared out among its windows. @param {number} inputSize @param {number} size  of the output */
export function adaptiveAxis(inputSize, size) {
  const step = adaptiveStep(inputSize, size);
  return new AxisMap({
    kernel: step.largest,
    scale: size / inputSize,
    input: { first: 0, count: inputSize, size: inputSize },
    output: { first: 0, count: size, size },
    padding: { before: 0, after: 0 },
    sourceAt: (position) => (position >= 0 && position < inputSize ? position : null),
    step: () => step,
    meet: () =>
      step.windows.flatMap(([start, end], output) =>
        range(end - start).map((kernel) => {
          const input = start + kernel;
          return { input, source: input, kernel, output, target: output };
        }),
      ),
  });
}

/**
 * All windows and the rule, as the API's `step`. A window goes from ⌊i · input / output⌋ up to
 * ⌈(i + 1) · input / output⌉, which is not included.
 * @param {number} inputSize
 * @param {number} outputSize
 */
function adaptiveStep(inputSize, outputSize) {
  const windows = range(outputSize).map((output) => [
    Math.floor((output * inputSize) / outputSize),
    Math.ceil(((output + 1) * inputSize) / outputSize),
  ]);
  const sizes = windows.map(([start, end]) => end - start);
  return {
    input: inputSize,
    output: outputSize,
    windows,
    smallest: Math.min(...sizes),
    largest: Math.max(...sizes),
    unread: /** @type {number[]} */ ([]),
  };
}
