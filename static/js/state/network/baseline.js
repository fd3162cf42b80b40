import { computed, effect, signal } from '@preact/signals-core';

import { getTensors } from '../../api/client.js';
import { leavingSignal } from '../retry.js';
import { createRequest, preparedQuery } from './request.js';

/**
 * @import {Network} from './network.js'
 * @import {Drawing} from './paper.js'
 * @typedef {ReturnType<typeof createBaseline>} Baseline
 */

/** The drawing before anything was tried on it: a photograph unpainted, and no input altered. @param {Drawing} drawing @returns {Drawing} */
const untouchedOf = ({ base, strokes }) => ({
  base,
  strokes: base?.kind === 'photo' ? NO_STROKES : strokes,
});

/** @type {Drawing['strokes']} */
const NO_STROKES = [];

/**
 * What a network makes of the drawing before it was painted on or altered, where it was: one request for
 * it, and none while there is nothing to compare.
 * @param {Network} network
 */
export function createBaseline({ signals }) {
  const { drawing, outline, preparation } = signals;
  const requestOf = createRequest();
  /** The probabilities. @type {import('@preact/signals-core').Signal<ArrayLike<number> | null>} */
  const before = signal(null);
  const isTouched = computed(() => {
    const { altered, base, strokes } = drawing.value;
    return altered !== undefined || (base?.kind === 'photo' && strokes.length > 0);
  });
  /** What it is of, as the same object while it is of the same. */
  let of = {
    outline: outline.peek(),
    preparation: preparation.peek(),
    ...untouchedOf(drawing.peek()),
  };
  let isAsking = false;
  const stop = effect(() => {
    if (!isTouched.value || !outline.value) return;
    const next = {
      outline: outline.value,
      preparation: preparation.value,
      ...untouchedOf(drawing.value),
    };
    const isSame = Object.entries(next).every(([name, value]) => Object(of)[name] === value);
    if (isSame && before.peek()) return;
    of = next;
    before.value = null;
    if (!isAsking) void askNewest();
  });

  /** One request at a time, and the newest follows it. */
  async function askNewest() {
    isAsking = true;
    for (let asked = null; asked !== of;) {
      asked = of;
      const found = await ask(asked);
      if (asked === of) before.value = found;
    }
    isAsking = false;
  }

  /** @param {typeof of} asked */
  async function ask(asked) {
    if (!asked.outline) return null;
    const { name, layers, preparation: kind } = asked.outline;
    const query = new URLSearchParams({
      ...preparedQuery(asked.preparation, asked),
      steps: 'none',
      layers: layers[0].name,
    });
    const { body, type } = requestOf(asked, kind === 'photo');
    const init = { method: 'POST', headers: { 'Content-Type': type }, body };
    // It is a comparison: without it nothing is lost, and the forward pass itself says why.
    const answer = await getTensors(`/networks/${encodeURIComponent(name)}/forward?${query}`, {
      ...init,
      signal: leavingSignal(),
    }).catch(() => null);
    return answer?.tensors.get('probabilities')?.data ?? null;
  }

  return { before, isTouched, stop };
}
