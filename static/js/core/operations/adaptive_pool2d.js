// Adaptive poolings: the output size is given, and the windows follow from it. Global ones give one value.

import { readSettings } from '../settings.js';
import { MEAN } from './average_pool2d.js';
import { range } from './axis.js';
import { AxisMap } from './axis_map.js';
import { emptyRefusal, refuse, wholeRefusal } from './checks.js';
import { MAXIMUM } from './max_pool2d.js';
import { pooling } from './pooling.js';

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

/** Windows that are laid out to a number. */
export const ADAPTIVE = /** @satisfies {import('./pooling.js').Windows} */ ({
  note: 'The output size is given; the windows are laid out so that together they cover all.',
  hasWindow: true,
  // What is said of windows that move is not of these.
  read: (settings) => ({ ...readSettings(settings), divisorOverride: null }),
  axes({ outputSize }, [, height, width]) {
    const [rows, columns] = outputSize ?? [null, null];
    return {
      height: adaptiveAxis(height, rows ?? height),
      width: adaptiveAxis(width, columns ?? width),
    };
  },
  refusal({ output_size: wanted = null }, [, height, width]) {
    if (wanted === null) {
      return refuse(
        'output_size',
        'An adaptive pooling needs an output_size: the windows follow from it.',
      );
    }
    return (
      wholeRefusal(wanted, 'output_size', 1) ??
      emptyRefusal(height, 'rows') ??
      emptyRefusal(width, 'columns')
    );
  },
});

const group = { name: 'adaptive', text: 'Adaptive', title: 'Adaptive pooling' };
/** @type {import('./registry.js').Operation['fields']} */
const fields = ['output_size'];

export const adaptiveMax = pooling(ADAPTIVE, MAXIMUM, {
  name: 'adaptive_max',
  title: 'adaptive max pooling',
  group,
  fields,
});
export const adaptiveAverage = pooling(ADAPTIVE, MEAN, {
  name: 'adaptive_average',
  title: 'adaptive average pooling',
  group,
  fields,
});

/** One window that is the input itself. @type {import('./pooling.js').Windows} */
const GLOBAL = {
  note: 'One window over the whole of each map.',
  hasWindow: false,
  read: (settings) => ADAPTIVE.read({ ...settings, output_size: 1 }),
  axes: ADAPTIVE.axes,
  refusal: (_, shape) => ADAPTIVE.refusal({ output_size: 1 }, shape),
};

const globalGroup = { name: 'global', text: 'Global', title: 'Global pooling' };

export const globalMax = pooling(GLOBAL, MAXIMUM, {
  name: 'global_max',
  title: 'global max pooling',
  group: globalGroup,
  fields: [],
});
export const globalAverage = pooling(GLOBAL, MEAN, {
  name: 'global_average',
  title: 'global average pooling',
  group: globalGroup,
  fields: [],
});
