import { count, shapeText } from './number.js';

/**
 * A layer as the outline gives it, as far as sentences need it.
 * @typedef {{kind: string, settings: Record<string, any>, output_size: {height: any, width: any} | null}} Described
 */

/**
 * A pair in as few signs as it needs: one number where both are equal.
 * @param {number | readonly number[]} pair
 */
export function pairText(pair) {
  if (typeof pair === 'number') return String(pair);
  return pair[0] === pair[1] ? String(pair[0]) : `(${pair.join(', ')})`;
}

/**
 * A kernel's size, always both ways.
 * @param {number | readonly number[]} size
 */
const sizePair = (size) => (typeof size === 'number' ? `${size}×${size}` : size.join('×'));

/**
 * A layer's hyperparameters in a line, the defaults left out.
 * @param {Described} layer
 */
export function settingsText({ kind, settings }) {
  if (kind === 'Linear') return `Linear ${settings.in_features} → ${settings.out_features}`;
  if (!settings.kernel_size) return kind;
  const parts = [
    `${kind} ${sizePair(settings.kernel_size)}`,
    `stride ${pairText(settings.stride)}`,
  ];
  if (isSet(settings.padding, 0)) parts.push(`padding ${pairText(settings.padding)}`);
  if (isSet(settings.dilation, 1)) parts.push(`dilation ${pairText(settings.dilation)}`);
  if (isSet(settings.groups, 1)) parts.push(`groups ${settings.groups}`);
  if (settings.padding_mode && settings.padding_mode !== 'zeros') parts.push(settings.padding_mode);
  if (settings.ceil_mode) parts.push('ceil_mode');
  return parts.join(', ');
}

/**
 * @param {any} value  a number or a pair
 * @param {number} standard
 */
function isSet(value, standard) {
  return value !== undefined && [value].flat().some((part) => part !== standard);
}

/**
 * The output-size formula with the layer's own numbers, in one line of text.
 * @param {Described} layer
 */
export function sizeText({ output_size: size }) {
  if (!size) return '–';
  const { height, width } = size;
  const one = stepText(height);
  return stepText(width) === one ? one : `${one} · ${stepText(width)}`;
}

/** @param {any} step  one axis of `output_size` */
function stepText(step) {
  const padding =
    step.padding_before === step.padding_after
      ? step.padding_before && `2·${step.padding_before}`
      : `${step.padding_before} + ${step.padding_after}`;
  const kernel =
    step.dilation === 1 ? step.kernel_size : `${step.dilation}·(${step.kernel_size} − 1) − 1`;
  const sum = [step.input, padding].filter(Boolean).join(' + ');
  return `⌊(${sum} − ${kernel}) / ${step.stride}⌋ + 1 = ${step.output}`;
}

/**
 * What a position is called, for labels and screen readers.
 * @param {{layer: string, channel: number, row: number, column: number}} position
 * @param {readonly number[]} shape  of the layer's output
 */
export function positionText({ layer, channel, row, column }, shape) {
  if (shape.length < 3) return `${layer} · unit ${channel}`;
  return `${layer} · map ${channel} · row ${row}, column ${column}`;
}

/**
 * What a layer does, in a sentence.
 * @param {{kind: string, input_shape: readonly number[], output_shape: readonly number[]}} layer
 */
export function roleText({ kind, input_shape: before, output_shape: after }) {
  const [maps, inputs] = [after[0], before[0]];
  switch (kind) {
    case 'Conv2d':
      return `Each of the ${maps} filters slides one kernel over each of the ${inputs} input maps and adds the results and its bias.`;
    case 'ReLU':
      return 'Keeps what is positive and makes everything else zero, value by value.';
    case 'MaxPool2d':
      return 'Keeps the largest value of each window; each map is on its own.';
    case 'AvgPool2d':
      return 'Keeps the mean of each window; each map is on its own.';
    case 'Flatten':
      return `Writes the ${shapeText(before)} values in one line, map after map, row after row.`;
    case 'Linear':
      return `Each of the ${maps} units weighs all ${inputs} values, adds them and its bias.`;
    case 'Softmax':
      return `Turns ${inputs} logits into probabilities: exponentials, divided by their sum.`;
    default:
      return '';
  }
}

/**
 * A layer's multiply-accumulates as a product.
 * @param {{kind: string, settings: Record<string, any>, input_shape: readonly number[],
 *   output_shape: readonly number[], multiply_accumulates: number}} layer
 */
export function macsText({
  kind,
  settings,
  input_shape: before,
  output_shape: after,
  multiply_accumulates: macs,
}) {
  if (!macs) return 'none: nothing is multiplied here';
  const factors =
    kind === 'Conv2d'
      ? [after[1], after[2], after[0], before[0] / settings.groups, ...settings.kernel_size]
      : [after[0], before[0]];
  return `${factors.join('·')} = ${count(macs)}`;
}
