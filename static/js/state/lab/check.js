// PyTorch's own numbers of the output that is shown.

import { effect } from '@preact/signals-core';

import { postForDoubles } from '../../api/doubles.js';
import { isRounding, largestDifference } from '../../core/take_away/check.js';
import { requestOf } from '../../core/take_away/request.js';
import { outcome } from '../../core/experiment/experiment.js';
import { askAtRest } from './debounced_request.js';

/** @import {Experiment, Values} from '../../core/experiment/experiment.js' */

/**
 * `largest` is the largest difference between our numbers and PyTorch's; `reason` is why there are
 * none. While it waits, the programs are still those of the experiment before.
 * @typedef {{
 *   readonly status: 'waiting' | 'equal' | 'differs' | 'unreachable',
 *   readonly largest: number | null,
 *   readonly torch: Values | null,
 *   readonly pytorch: string | null,
 *   readonly autograd: string | null,
 *   readonly numpy: string | null,
 *   readonly reason: string | null,
 * }} Check
 */

/** @type {Check} */
export const WAITING = {
  status: 'waiting',
  largest: null,
  torch: null,
  pytorch: null,
  autograd: null,
  numpy: null,
  reason: null,
};

/** PyTorch's numbers beside ours. @param {Experiment} asked @param {AbortSignal} overtaken @returns {Promise<Check>} */
async function ask(asked, overtaken) {
  const ours = outcome(asked);
  if (ours.kind === 'refused') return { ...WAITING, status: 'unreachable', reason: ours.sentence };
  const { path, body } = requestOf(asked);
  const { tensors, document } = await postForDoubles(path, body, { signal: overtaken });
  const torch = tensors.get('output') ?? null;
  const largest = largestDifference(ours.output.data, torch?.data ?? new Float64Array(0));
  return {
    status: isRounding(largest, ours.output.data) ? 'equal' : 'differs',
    largest,
    torch: torch && { shape: ours.output.shape, data: torch.data },
    pytorch: document?.code?.pytorch ?? null,
    autograd: document?.code?.autograd ?? null,
    numpy: document?.code?.numpy ?? null,
    reason: null,
  };
}

/**
 * Asks for PyTorch's numbers whenever the experiment has rested; a question that is overtaken is
 * aborted.
 * @param {import('./store.js').LabState} lab
 * @returns {() => void} stops it
 */
export function startCheck(lab) {
  return effect(() => {
    const asked = lab.experiment.value;
    const { pytorch, autograd, numpy } = lab.check.peek();
    lab.check.value = { ...WAITING, pytorch, autograd, numpy };
    return askAtRest(
      (overtaken) => ask(asked, overtaken),
      (answer) => (lab.check.value = answer),
      (reason) => (lab.check.value = { ...WAITING, status: 'unreachable', reason }),
    );
  });
}
