/**
 * @import {Network} from './network.js'
 * @import {Property, State} from './text.js'
 */

/**
 * What has one of a few values, of which the first is the usual one.
 * @template {string | number} T
 * @param {(state: State) => T} get
 * @param {(network: Network, value: T) => void} set
 * @param {readonly T[]} values
 * @returns {Property}
 */
export const choice = (get, set, values) => ({
  read: (state) => (get(state) === values[0] ? '' : String(get(state))),
  write: (network, text) => {
    const found = values.find((value) => String(value) === text);
    set(network, found ?? values[0]);
    return found !== undefined;
  },
});
