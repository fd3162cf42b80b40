import { signal } from '@preact/signals-core';

import { ApiError, getTensors } from '../../api/client.js';
import { spread } from '../../core/receptive_field.js';
import { encodeNpy } from '../../core/tensor.js';
import { NewestQuestion } from '../newest_question.js';

/**
 * @import {Image} from '../../core/attribution/picture.js'
 * @import {Position} from './store.js'
 * @import {Tensor} from '../../core/tensor.js'
 * @typedef {{readonly key: string, readonly network: string, readonly at: Position, readonly image: Image}} Asked
 *
 * How much a value answers to each pixel: the magnitude of its gradient.
 * @typedef {{of: string, field: Tensor, spread: ReturnType<typeof spread>}} Effective  of: the key of what was asked
 */

/** What is asked of a value: another key, another question. @param {string} network @param {Position} at */
export const keyOf = (network, { layer, channel, row, column }) =>
  [network, layer, channel, row, column].join(' ');

/** The effective receptive field of one value at a time, as the server computes it. */
export function createEffectiveField() {
  const effective = signal(/** @type {Effective | null} */ (null));
  const failure = signal('');
  /** @type {NewestQuestion<Asked, Tensor | undefined>} */
  const question = new NewestQuestion({
    async ask({ network, at, image: { shape, data } }, abort) {
      const { layer, ...place } = at;
      const cell = Object.entries(place).map(([axis, index]) => [axis, String(index)]);
      const query = new URLSearchParams({ layer, ...Object.fromEntries(cell), prepare: 'none' });
      const answer = await getTensors(
        `/networks/${encodeURIComponent(network)}/receptive-field?${query}`,
        {
          method: 'POST',
          headers: { 'Content-Type': 'application/x-npy' },
          body: encodeNpy(data, shape),
          signal: abort,
        },
      );
      return answer.tensors.get('effective');
    },
    show({ key }, field) {
      failure.value = '';
      if (field) effective.value = { of: key, field, spread: spread(field.data, field.shape[1]) };
    },
    fail(_, error) {
      if (!(error instanceof ApiError)) throw error;
      failure.value = error.detail;
    },
  });
  return { effective, failure, want: (/** @type {Asked | null} */ asked) => question.want(asked) };
}
