import { count, shapeText } from './number.js';

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
      return inputs === 1
        ? `Each of the ${maps} filters slides its kernel over the input and adds its bias.`
        : `Each of the ${maps} filters slides one kernel over each of the ${inputs} input maps and adds the results and its bias.`;
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
