// One axis of a moving window, rows or columns: its settings and how many positions there are.

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

/**
 * How many lines the kernel spans, the gaps of its dilation included.
 * @param {Pick<Axis, 'kernelSize' | 'dilation'>} axis
 */
export function effectiveKernelSize(axis) {
  return axis.dilation * (axis.kernelSize - 1) + 1;
}

/** The input size with its padding on both sides. @param {Axis} axis */
export function paddedSize(axis) {
  return axis.paddingBefore + axis.inputSize + axis.paddingAfter;
}

/** The rounded quotient plus one, before ceilMode's last rule. @param {Axis} axis */
function fullOutputSize(axis) {
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

/**
 * How the window moves along the height and the width of an input.
 * @param {import('../settings.js').WindowSettings} settings
 * @param {number} height
 * @param {number} width
 * @returns {Axes}
 */
export function windowAxes(settings, height, width) {
  const { kernelSize, stride, dilation, padding, paddingMode, ceilMode } = settings;
  const modes = { paddingMode, ceilMode };
  return {
    height: {
      inputSize: height,
      kernelSize: kernelSize[0],
      stride: stride[0],
      dilation: dilation[0],
      paddingBefore: padding.top,
      paddingAfter: padding.bottom,
      ...modes,
    },
    width: {
      inputSize: width,
      kernelSize: kernelSize[1],
      stride: stride[1],
      dilation: dilation[1],
      paddingBefore: padding.left,
      paddingAfter: padding.right,
      ...modes,
    },
  };
}

/** The numbers below a count. @param {number} count */
export function range(count) {
  return Array.from({ length: Math.max(0, count) }, (_, index) => index);
}
