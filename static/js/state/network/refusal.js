/**
 * @import {ApiError} from '../../api/client.js'
 * @import {Store} from './store.js'
 */

/**
 * Tells why the server refuses what is asked of the network on show. Where it does not know a name that it told
 * itself, it has another network by now.
 * @param {Store} store
 * @param {ApiError} error
 */
export function tellRefusal({ failure, isGone, outline }, { detail, isUnknownName }) {
  isGone.value = isUnknownName;
  failure.value = isUnknownName
    ? `${outline.value?.title} as it stands here is no longer on this server: it was started anew with another network, or the run was deleted.`
    : detail;
}
