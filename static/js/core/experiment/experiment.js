// One operation on one input: the value in the middle of the Lab. Everything else there is computed
// from it; it is never changed, only replaced whole.
//
// This is the door to the modules beside it: the example, what follows from an experiment, what comes
// of it, and every change of it.

/**
 * @typedef {import('../operations/registry.js').OperationName} Operation
 * @typedef {import('../settings.js').LayerSettings} LayerSettings
 * @typedef {import('../operands.js').Position} Position
 *
 * Row-major values and their shape.
 * @typedef {{readonly shape: readonly number[], readonly data: Float64Array}} Values
 *
 * The weight is (C_out, C_in / groups, K_h, K_w), a transposed convolution's (C_in, C_out / groups,
 * K_h, K_w); while a pooling is shown it is kept aside in the first layout. Settings are in PyTorch's
 * words, and hold nothing that the operation does not know. Where the output gradient is null it is 1
 * everywhere.
 * @typedef {{
 *   readonly operation: Operation,
 *   readonly input: Values,
 *   readonly weight: Values,
 *   readonly bias: Float64Array | null,
 *   readonly settings: LayerSettings,
 *   readonly outputGradient: Values | null,
 * }} Experiment
 *
 * @typedef {import('./outcome.js').Computed} Computed
 */

export { OPERATION_NAMES } from '../operations/registry.js';
export { EXAMPLE } from './example.js';
export { filtersOf, outChannelsOf, outputShapeOf, questionOf } from './shapes.js';
export { kernelStart, layoutOf } from './weight_layout.js';
export { gradients, outcome, outputGradientOf, traceAt } from './outcome.js';
export { LAB_CAPS, MOST_CHANNELS, MOST_COMBINATIONS, MOST_FILTERS, MOST_LINES } from '../limits.js';
export {
  defaultsOf,
  withControl,
  withDepthMultiplier,
  withGroups,
  withOperation,
  withSettings,
} from './change_settings.js';
export { withInChannels, withInput, withInputCell, withInputSize } from './change_input.js';
export {
  withBias,
  withBiasCell,
  withKernel,
  withOutChannels,
  withOutputGradientCell,
  withWeight,
  withWeightCell,
} from './change_weight.js';
