import { bindAddress, readAddress } from '../bind_address.js';
import { PLACE_NAMES, readState, stateOf, textOf } from './text.js';
import { viewText } from './view_text.js';

/**
 * @import {Network} from './network.js'
 * @import {State} from './text.js'
 *
 * What the page began with: what was read of the address, and what that opened.
 * @typedef {{text: string} & Pick<State, 'network' | 'view'>} Begun
 */

/** @param {Network} network @param {string} text @param {() => boolean} isNewest */
async function takeLink(network, text, isNewest) {
  const { arrived, changed } = network.signals;
  if (await readState(network, text, undefined, isNewest)) arrived.value = changed.value;
}

/** No layer has a name that begins so. @param {State['view']} view */
const placeText = (view) => (view.kind === 'why' ? '?why' : viewText(view));

/** What is open, and of a cell its layer, as what Back goes from one to the other of. @param {Pick<State, 'network' | 'view'>} state */
const placeOf = ({ network, view }) =>
  [network, placeText(view), view.kind === 'cell' ? view.layer : ''].join(' ');

/** The layer of a place's cell, '' where no cell is open. @param {string} place */
const walkedLayer = (place) => place.split(' ')[2];

/**
 * Keeps the address in step with a network. What is opened is a step for Back, and Esc goes back in the
 * history where it came from there; a step from cell to cell and everything else replaces. Back changes
 * what is open, never the drawing; an address that the reader enters is taken whole.
 * @param {Network} network
 * @param {Begun} begun
 */
export async function startAddress(network, begun) {
  // One that was entered before this module was there.
  const isOther = await readAddress(
    (entered, isNewest) => takeLink(network, entered, isNewest),
    begun.text,
  );
  return bindAddress({
    state: () => stateOf(network),
    text: textOf,
    read: (entered, isOurs, isNewest) =>
      isOurs
        ? readState(network, entered, PLACE_NAMES, isNewest)
        : takeLink(network, entered, isNewest),
    place: placeOf,
    begun: isOther ? undefined : placeOf(begun),
    isStep: (from, to) => !walkedLayer(to) || walkedLayer(from) !== walkedLayer(to),
    isReturn: network.actions.isGoingBack,
  });
}
