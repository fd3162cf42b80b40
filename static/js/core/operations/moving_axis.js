// The index map of a window that moves over the input and its padding, and with ceil_mode beyond it.

import { effectiveKernelSize, outputSize, paddedSize, range, windowAxes } from './axis.js';
import { AxisMap } from './axis_map.js';
import { sizeStep } from './size.js';
import { sourceAt } from './window.js';

/** @import {Axis} from './axis.js' */

/**
 * How the windows lie along the height and the width of an input.
 * @param {import('../settings.js').WindowSettings} settings
 * @param {readonly number[]} shape  of the input, (C, H, W)
 */
export function movingAxes(settings, [, height, width]) {
  const axes = windowAxes(settings, height, width);
  return {
    height: movingAxis(axes.height, settings.flipKernel),
    width: movingAxis(axes.width, settings.flipKernel),
  };
}

/** @param {Axis} axis @param {boolean} [isFlipped]  whether the kernel counts from its other end */
export function movingAxis(axis, isFlipped = false) {
  const { inputSize, kernelSize, stride, dilation, paddingBefore, paddingAfter } = axis;
  const size = outputSize(axis);
  const first = 0 - paddingBefore;
  const end = first + (size - 1) * stride + effectiveKernelSize(axis);
  return new AxisMap({
    kernel: kernelSize,
    scale: 1 / stride,
    input: { first, count: Math.max(paddedSize(axis), end - first), size: inputSize },
    output: { first: 0, count: size, size },
    padding: { before: paddingBefore, after: paddingAfter },
    sourceAt: (position) => sourceAt(axis, position),
    step: () => sizeStep(axis),
    meet: () =>
      range(size).flatMap((output) =>
        range(kernelSize).map((line) => {
          const input = first + output * stride + line * dilation;
          return {
            input,
            source: sourceAt(axis, input),
            kernel: isFlipped ? kernelSize - 1 - line : line,
            output,
            target: output,
          };
        }),
      ),
  });
}
