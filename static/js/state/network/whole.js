import { allOf } from './request.js';

/**
 * @import {Forward, Store} from './store.js'
 * @import {Question} from './request.js'
 */

/** The steps of the preparation come along at most this often while a pen is drawing. */
const STEPS_AFTER_MS = 100;

/**
 * An answer without the steps of its preparation, with those that are there.
 * @param {Forward | null} before
 * @param {ReturnType<Question['take']>} shown
 */
function withStepsOf(before, { document, tensors }) {
  /** @type {readonly {name: string}[]} */
  const steps = before?.document.steps ?? [];
  const all = new Map(tensors);
  for (const { name } of steps) {
    const image = before?.tensors.get(`steps.${name}`);
    if (image) all.set(`steps.${name}`, image);
  }
  return { document: { ...document, steps }, tensors: all, lacksSteps: true };
}

/**
 * Makes what asks for all of a network whose layers are all shown. How a picture was prepared is a strip of
 * small pictures and sentences: it comes at the pace at which that can be followed, and once the drawing rests.
 * @returns {(signals: Store & import('./paper.js').Paper) => Question}
 */
export function createWhole() {
  let askedAt = -Infinity;
  return ({ changed, forward, outline, preparation }) => {
    const have = forward.value;
    const prepared = preparation.value;
    const isThere = have?.of === changed.value && have.preparation === prepared;
    const now = performance.now();
    const all = allOf(/** @type {import('./store.js').Outline} */ (outline.value));
    const hasSteps = !have || isThere || now - askedAt >= STEPS_AFTER_MS;
    if (hasSteps) askedAt = now;
    return {
      parameters: hasSteps ? all.parameters : { ...all.parameters, steps: 'none' },
      isFollowing: isThere && have.lacksSteps,
      isPart: !hasSteps,
      take: (answer, isInBytes) => {
        const shown = all.take(answer, isInBytes);
        const known = hasSteps ? shown : withStepsOf(forward.value, shown);
        return { ...known, preparation: prepared };
      },
    };
  };
}
