// What a pooled value owes to each pixel of its window, and so how its gradient is shared out.

import { traceAt } from '../experiment/outcome.js';
import { operationOf } from '../operations/registry.js';
import { pixelOf } from './meetings.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {Position} from '../operands.js'
 * @import {Pooled} from '../operations/registry.js'
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

/** The part of an output's gradient that a pixel of its window gets. @param {import('./meetings.js').One} one */
export function shareOf(one) {
  const { experiment, filter, down, across } = one;
  if (down.source === null || across.source === null) return 0;
  const trace = traceAt(experiment, { channel: filter, row: down.output, column: across.output });
  const { share } = /** @type {Pooled} */ (operationOf(experiment).pooled);
  return share(trace, pixelOf(one), { row: down.source, column: across.source });
}
