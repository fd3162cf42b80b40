// What one value of any layer is made of: the one door to the traces of every kind.
//
// traceValue(layer, input, parameters, position)    the trace of the layer's kind, or null

import { readSettings } from './settings.js';
import { traceConv2d } from './operations/trace_convolution.js';
import { traceFlatten, traceLinear, traceReLU, traceSoftmax } from './trace_dense.js';
import { traceAvgPool2d, traceLpPool2d, traceMaxPool2d } from './operations/trace_pooling.js';
import { traceConvTranspose2d } from './operations/trace_transposed.js';

/**
 * @typedef {import('./tensor.js').Tensor} Tensor
 * @typedef {import('./settings.js').LayerSettings} LayerSettings
 * @typedef {import('./operands.js').Position} Position
 *
 * Of a layer of the outline, what a trace depends on.
 * @typedef {{readonly kind: string, readonly settings: LayerSettings}} TracedLayer
 * @typedef {{readonly weight?: Tensor | null, readonly bias?: Tensor | null}} Parameters
 *
 * @typedef {import('./operations/trace_convolution.js').Conv2dTrace
 *   | import('./operations/trace_transposed.js').ConvTranspose2dTrace
 *   | import('./operations/trace_pooling.js').MaxPool2dTrace
 *   | import('./operations/trace_pooling.js').AvgPool2dTrace
 *   | import('./operations/trace_pooling.js').LPPool2dTrace
 *   | import('./trace_dense.js').ReLUTrace
 *   | import('./trace_dense.js').FlattenTrace
 *   | import('./trace_dense.js').LinearTrace
 *   | import('./trace_dense.js').SoftmaxTrace} Trace
 */

/**
 * What one value of a layer is made of.
 * Null where there is nothing to take apart here: the input itself, a layer of another kind, or one
 * whose weights are not there yet.
 * @param {TracedLayer} layer
 * @param {Tensor} input  the activation the layer reads, without a batch axis
 * @param {Parameters} parameters
 * @param {Position} position  in the layer's output; a one-dimensional layer's unit is its channel
 * @returns {Trace | null}
 */
export function traceValue(layer, input, { weight = null, bias = null }, position) {
  const settings = readSettings(layer.settings);
  switch (layer.kind) {
    case 'Conv2d':
      return weight && traceConv2d(input, weight, bias, settings, position);
    case 'ConvTranspose2d':
      return weight && traceConvTranspose2d(input, weight, bias, settings, position);
    case 'MaxPool2d':
    case 'AdaptiveMaxPool2d':
      return traceMaxPool2d(input, settings, position);
    case 'AvgPool2d':
    case 'AdaptiveAvgPool2d':
      return traceAvgPool2d(input, settings, position);
    case 'LPPool2d':
      return traceLpPool2d(input, settings, position);
    case 'ReLU':
      return traceReLU(input, position);
    case 'Flatten':
      return traceFlatten(input, position.channel);
    case 'Linear':
      return weight && traceLinear(input, weight, bias, position.channel);
    case 'Softmax':
      return traceSoftmax(input, position.channel);
    default:
      return null;
  }
}
