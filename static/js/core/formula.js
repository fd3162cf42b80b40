/**
 * LaTeX of the formulas that stand beside the pictures: symbols above, live numbers below.
 * @typedef {{input: number, padding_before: number, padding_after: number, kernel_size: number,
 *   dilation: number, stride: number, numerator: number, quotient: number, output: number}} Step
 * @typedef {{symbols: string, numbers: string, spoken: string}} Formula
 */

/** @param {number} value */
const plain = (value) => String(Number(value.toFixed(4)));

/**
 * The output size of one axis. Source: the shape section of torch.nn.Conv2d.
 * @param {Step} step
 * @param {'H' | 'W'} axis
 * @returns {Formula}
 */
export function sizeFormula(step, axis) {
  const { input, padding_before: before, padding_after: after, kernel_size: kernel } = step;
  const padding = before === after ? `2\\cdot ${before}` : `${before} + ${after}`;
  const fraction = `\\frac{${input} + ${padding} - ${step.dilation}\\,(${kernel} - 1) - 1}{${step.stride}}`;
  return {
    symbols: `${axis}_{\\text{out}} = \\left\\lfloor \\frac{${axis}_{\\text{in}} + 2P - D\\,(F - 1) - 1}{S} \\right\\rfloor + 1`,
    numbers: `= \\left\\lfloor ${fraction} \\right\\rfloor + 1 = \\lfloor ${plain(step.quotient)} \\rfloor + 1 = \\mathbf{${step.output}}`,
    spoken: `The floor of ${input} plus padding ${before + after} minus kernel ${kernel}, by stride ${step.stride}, is ${Math.floor(step.quotient)}; plus one is ${step.output}.`,
  };
}

/**
 * One value of a convolution.
 * @param {object} at
 * @param {number} at.channel
 * @param {number} at.row
 * @param {number} at.column
 * @param {Record<string, any>} settings  of the layer
 * @param {number} inputs  input channels of one group
 */
export function convolutionValue({ channel, row, column }, settings, inputs) {
  const [height, width] = settings.kernel_size;
  const [strides, dilations] = [settings.stride, settings.dilation ?? [1, 1]];
  const padding =
    typeof settings.padding === 'number' ? [settings.padding, settings.padding] : settings.padding;
  const [top, left] = Array.isArray(padding) ? padding : [padding.top, padding.left];
  const index = (/** @type {string} */ at) => at.replace(/ [+-] 0$/, '');
  const line = index(`${row * strides[0]} + ${scaled('m', dilations[0])} - ${top}`);
  const across = index(`${column * strides[1]} + ${scaled('n', dilations[1])} - ${left}`);
  const channels = inputs === 1 ? '' : `\\sum_{c=0}^{${inputs - 1}}`;
  const c = inputs === 1 ? '0' : 'c';
  return `S_{${channel}}(${row}, ${column}) = ${channels} \\sum_{m=0}^{${height - 1}} \\sum_{n=0}^{${width - 1}} I_{${c}}(${line},\\, ${across})\\, K_{${channel},${c}}(m, n) + b_{${channel}}`;
}

/**
 * @param {string} letter
 * @param {number} dilation
 */
const scaled = (letter, dilation) => (dilation === 1 ? letter : `${dilation}${letter}`);

/**
 * One value of a pooling, of a dense unit, of an activation function, of the softmax.
 * @param {string} kind
 * @param {{channel: number, row: number, column: number}} at
 * @param {{settings: Record<string, any>, input_shape: readonly number[]}} layer
 */
export function valueFormula(kind, { channel, row, column }, { settings, input_shape: shape }) {
  switch (kind) {
    case 'MaxPool2d': {
      const [a, b] = settings.kernel_size;
      const [s, t] = settings.stride;
      return `P_{${channel}}(${row}, ${column}) = \\max_{a<${a},\\; b<${b}} F_{${channel}}(${s * row} + a,\\, ${t * column} + b)`;
    }
    case 'ReLU':
      return shape.length === 3 ? 'y = \\max(0, x)' : `y_{${channel}} = \\max(0, x_{${channel}})`;
    case 'Flatten': {
      const [, height, width] = shape;
      return `i = c \\cdot ${height} \\cdot ${width} + r \\cdot ${width} + k`;
    }
    case 'Linear':
      return `z_{${channel}} = \\sum_{i=0}^{${shape[0] - 1}} w_{${channel},i}\\, x_i + b_{${channel}}`;
    case 'Softmax':
      return `p_{${channel}} = \\frac{e^{z_{${channel}}}}{\\sum_{j=0}^{${shape[0] - 1}} e^{z_j}} = \\frac{e^{z_{${channel}} - m}}{\\sum_{j=0}^{${shape[0] - 1}} e^{z_j - m}},\\quad m = \\max_j z_j`;
    default:
      return '';
  }
}
