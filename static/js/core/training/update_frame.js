/**
 * Where a training starts. `scratch`: the recipe's own starting weights; `trained`: those that ship;
 * `moment`: those of the run on show, at the moment on show.
 * @typedef {'scratch' | 'trained' | 'moment'} Start
 *
 * The phases of an update, in the order in which they happen.
 * @typedef {'forward' | 'loss' | 'backward' | 'step'} Phase
 *
 * What is lit at a time: the phase, how far it is (0 to 1), each layer's state, and whether the loss is.
 * @typedef {{phase: Phase, index: number, share: number,
 *   layers: readonly ('' | 'is-passed' | 'is-lit')[], isLossLit: boolean}} Frame
 */

/** @type {readonly Phase[]} */
export const PHASES = ['forward', 'loss', 'backward', 'step'];
export const PHASE_SECONDS = 1.25;
export const ALL_SECONDS = PHASES.length * PHASE_SECONDS;

/** The end of a phase. @param {number} index */
export const endOf = (index) => (index + 1) * PHASE_SECONDS;

/** The phase that stands at a time: its end belongs to it. @param {number} seconds */
export const phaseAt = (seconds) =>
  Math.max(0, Math.min(PHASES.length, Math.ceil(seconds / PHASE_SECONDS)) - 1);

/**
 * What is lit at a time.
 * @param {number} seconds  since the update began
 * @param {readonly boolean[]} learning  of each layer, first to last, whether it learns
 * @param {boolean} jumps  whether each phase stands at its end at once
 * @returns {Frame}
 */
export function frameAt(seconds, learning, jumps) {
  const index = phaseAt(seconds);
  const share = jumps ? 1 : seconds / PHASE_SECONDS - index;
  const phase = PHASES[index];
  const count = learning.length;
  const reached = Math.min(count, Math.floor(share * (count + 1)));
  const layers = learning.map((learns, layer) => {
    if (phase === 'forward') return stateAt(layer, reached);
    if (phase === 'loss') return 'is-passed';
    if (phase === 'backward') return stateAt(count - 1 - layer, reached);
    return learns ? 'is-lit' : 'is-passed';
  });
  return { phase, index, share, layers, isLossLit: phase === 'loss' };
}

/** @param {number} place  in the order in which the layers are passed @param {number} reached */
function stateAt(place, reached) {
  if (place < reached) return 'is-passed';
  return place === reached ? 'is-lit' : '';
}
