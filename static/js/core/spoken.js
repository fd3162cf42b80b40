import { count } from './number.js';
import { positionText } from './roles.js';
import { decimalsFor, figure } from './rounding.js';

/**
 * @typedef {object} Spoken
 * @property {{output_shape: readonly number[]}} layer
 * @property {{layer: string, channel: number, row: number, column: number}} position
 * @property {import('./trace.js').Trace | null} trace
 * @property {number} torchValue
 */

/**
 * A value in a sentence: where it stands, what it is, what it is made of.
 * @param {Spoken} explained
 */
export function spokenValue({ layer, position, trace, torchValue }) {
  const where = positionText(position, layer.output_shape).replaceAll(' · ', ', ');
  const decimals = decimalsFor([torchValue]);
  const made = trace ? madeOf(trace, position.channel, decimals) : '';
  return `${where}: ${figure(torchValue, decimals)}${made && `, ${made}`}.`;
}

/**
 * @param {import('./trace.js').Trace} trace
 * @param {number} channel  of the value
 * @param {number} decimals
 */
function madeOf(trace, channel, decimals) {
  const print = (/** @type {number} */ value) => figure(value, decimals);
  switch (trace.kind) {
    case 'Conv2d': {
      const [channels, rows, columns] = trace.shape;
      const bias = `bias ${print(trace.bias)}`;
      if (channels === 1)
        return `${rows * columns} products ${print(trace.channelSums[0])} and ${bias}`;
      const amounts = trace.channelSums.map(Math.abs);
      const best = amounts.indexOf(Math.max(...amounts));
      return `the sums of ${channels} channels and ${bias}; map ${trace.inputChannels[best]} adds most, ${print(trace.channelSums[best])}`;
    }
    case 'MaxPool2d':
      return trace.winner
        ? `the largest of ${trace.window.length}, from row ${trace.winner.row}, column ${trace.winner.column}`
        : '';
    case 'AvgPool2d':
      return `the mean of ${trace.window.length}`;
    case 'ReLU':
      return `of ${print(trace.input)}`;
    case 'Flatten':
      return `from map ${trace.source.channel}, row ${trace.source.row}, column ${trace.source.column}`;
    case 'Linear':
      return `${count(trace.products.length)} products ${print(trace.sum)} and bias ${print(trace.bias)}`;
    case 'Softmax':
      return `of logit ${figure(trace.logits[channel], 4)}`;
    default:
      return '';
  }
}
