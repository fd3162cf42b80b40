// What one value of any layer is made of: the one door to the traces of every kind.
//
// traceValue(layer, input, parameters, position)    the trace of the layer's kind, or null

import { operandsOf, operationNamed } from './operations/registry.js';
import { traceFlatten, traceLinear, traceReLU, traceSoftmax } from './trace_dense.js';

/**
 * @typedef {import('./tensor.js').Tensor} Tensor
 * @typedef {import('./settings.js').LayerSettings} LayerSettings
 * @typedef {import('./operands.js').Position} Position
 *
 * Of a layer of the outline, what a trace depends on.
 * @typedef {{readonly kind: string, readonly settings: LayerSettings}} TracedLayer
 * @typedef {{readonly weight?: Tensor | null, readonly bias?: Tensor | null}} Parameters
 *
 * @typedef {import('./operations/registry.js').Trace
 *   | import('./trace_dense.js').ReLUTrace
 *   | import('./trace_dense.js').FlattenTrace
 *   | import('./trace_dense.js').LinearTrace
 *   | import('./trace_dense.js').SoftmaxTrace} Trace
 */

/** The operations that layers are. @type {Readonly<Record<string, import('./operations/registry.js').OperationName>>} */
const OPERATIONS = {
  Conv2d: 'conv2d',
  ConvTranspose2d: 'conv_transpose2d',
  MaxPool2d: 'max',
  AdaptiveMaxPool2d: 'adaptive_max',
  AvgPool2d: 'average',
  AdaptiveAvgPool2d: 'adaptive_average',
  LPPool2d: 'lp',
};

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
  if (layer.kind in OPERATIONS) {
    const { hasWeight, trace } = operationNamed(OPERATIONS[layer.kind]);
    if (hasWeight && !weight) return null;
    return trace(windowOperands(layer, input, { weight, bias }), position);
  }
  switch (layer.kind) {
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

/**
 * What the operation of a windowed layer is done on.
 * @param {TracedLayer} layer
 * @param {Tensor} input
 * @param {Parameters} parameters
 */
export function windowOperands({ kind, settings }, input, { weight = null, bias = null }) {
  const operation = OPERATIONS[kind];
  return operandsOf({
    operation,
    settings,
    input,
    weight: weight ?? input,
    bias: bias && bias.data,
  });
}
