import { bindAddress, fragment } from '../bind_address.js';
import { readState, stateOf, textOf, viewFrom, viewText } from './text.js';

/** @typedef {import('./network.js').Network} Network */

/** @param {Network} network @param {string} text */
async function takeLink(network, text) {
  const { arrived, changed } = network.signals;
  await readState(network, text);
  arrived.value = changed.value;
}

/** @param {string} place */
const viewOf = (place) => viewFrom(place.slice(place.indexOf(' ') + 1));

/**
 * Keeps the address in step with a network. What is opened is a step for Back, and Esc goes back in the
 * history where it came from there; a step from cell to cell and everything else replaces. Back changes
 * what is open, never the drawing; an address that the reader enters is taken whole.
 * @param {Network} network
 * @param {string} text  what was read of the address
 */
export async function startAddress(network, text) {
  // One that was entered before this module was there.
  if (fragment() !== text) await takeLink(network, fragment());
  return bindAddress({
    state: () => stateOf(network),
    text: textOf,
    read: (entered, isOurs) =>
      isOurs ? readState(network, entered, ['network', 'open']) : takeLink(network, entered),
    place: (state) => `${state.network} ${viewText(state.view)}`,
    isStep: (from, to) => {
      const [before, next] = [viewOf(from), viewOf(to)];
      return next.kind !== 'cell' || before.kind !== 'cell' || next.layer !== before.layer;
    },
    isReturn: network.actions.isGoingBack,
  });
}
