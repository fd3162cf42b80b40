// One axis of a moving window, rows or columns: its settings and how many positions there are.
//
// effectiveKernelSize(axis)    how many lines the kernel spans
// paddedSize(axis)             the input with its padding
// outputSize(axis)             how many positions the window has; 0 where it does not fit
// fullOutputSize(axis)         the same before ceilMode's last rule

/**
 * How a window moves along the rows (height) or the columns (width) of a map.
 * @typedef {'zeros' | 'reflect' | 'replicate' | 'circular'} PaddingMode
 * @typedef {{
 *   readonly inputSize: number,
 *   readonly kernelSize: number,
 *   readonly stride: number,
 *   readonly dilation: number,
 *   readonly paddingBefore: number,
 *   readonly paddingAfter: number,
 *   readonly paddingMode: PaddingMode,
 *   readonly ceilMode: boolean,
 * }} Axis
 * @typedef {{readonly height: Axis, readonly width: Axis}} Axes
 */

/** How many lines the kernel spans, the gaps of its dilation included. @param {Axis} axis */
export function effectiveKernelSize(axis) {
  return axis.dilation * (axis.kernelSize - 1) + 1;
}

/** The input size with its padding on both sides. @param {Axis} axis */
export function paddedSize(axis) {
  return axis.paddingBefore + axis.inputSize + axis.paddingAfter;
}

/** The rounded quotient plus one, before ceilMode's last rule. @param {Axis} axis */
export function fullOutputSize(axis) {
  const quotient = (paddedSize(axis) - effectiveKernelSize(axis)) / axis.stride;
  return (axis.ceilMode ? Math.ceil(quotient) : Math.floor(quotient)) + 1;
}

/**
 * How many positions the window has: ⌊(padded − effective kernel) / stride⌋ + 1; 0 where none fits.
 * With ceilMode the quotient is rounded up, and a last window that would start in the padding after
 * the input is dropped.
 * @param {Axis} axis
 */
export function outputSize(axis) {
  const size = fullOutputSize(axis);
  const start = (size - 1) * axis.stride;
  const isDropped = axis.ceilMode && start >= axis.inputSize + axis.paddingBefore;
  return Math.max(0, isDropped ? size - 1 : size);
}
