// What a pooled value owes to each pixel of its window, and so how its gradient is shared out.
//
// winnerAt(experiment, position)  the pixel that a maximum kept, or null
// shareOf(one)                    the part of the value's gradient that a pixel of its window gets

import { traceAt } from '../experiment/outcome.js';
import { slope } from '../operations/lp_pool2d.js';
import { operationOf } from '../operations/registry.js';

/**
 * @typedef {import('../experiment/experiment.js').Experiment} Experiment
 * @typedef {import('../operands.js').Position} Position
 */

/**
 * Where the pixel stands that a maximum kept; null of other operations, and where all is padding.
 * @param {Experiment} experiment
 * @param {Position} position
 */
export function winnerAt(experiment, position) {
  if (!operationOf(experiment).isMaximum) return null;
  const trace = /** @type {import('../operations/max_pool2d.js').MaxPool2dTrace} */ (
    traceAt(experiment, position)
  );
  return trace.winner;
}

/**
 * The part of a pooled value's gradient that one pixel of its window gets: the winner of a maximum
 * all of it, a mean's pixels equal parts, a norm's sign(x) · (|x| / norm)^(p − 1).
 * @param {Experiment} experiment  of a pooling
 * @param {Position} position
 * @param {Position} source
 */
function shareAt(experiment, position, source) {
  const trace = traceAt(experiment, position);
  if ('divisor' in trace) return 1 / trace.divisor;
  if ('normType' in trace) return slopeOf(experiment, trace, source);
  const winner = winnerAt(experiment, position);
  return winner?.row === source.row && winner.column === source.column ? 1 : 0;
}

/**
 * @param {Experiment} experiment
 * @param {import('../operations/lp_pool2d.js').LPPool2dTrace} trace
 * @param {Position} source
 */
function slopeOf({ input }, trace, { channel, row, column }) {
  const [, height, width] = input.shape;
  const value = input.data[(channel * height + row) * width + column];
  return value === 0 ? 0 : slope(value, trace.value, trace.normType);
}

/** The part of an output's gradient that a pixel of its window gets. @param {import('./meetings.js').One} one */
export function shareOf({ experiment, channel, filter, down, across }) {
  if (down.source === null || across.source === null) return 0;
  const output = { channel: filter, row: down.output, column: across.output };
  return shareAt(experiment, output, { channel, row: down.source, column: across.source });
}
