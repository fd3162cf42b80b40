import { untracked } from '@preact/signals-core';

/** @import {Store, View} from './store.js' */

/** What values are waited for: one picture with them stands sooner than one without and then one with them. */
const AWAITED_MS = 100;

/** Shows what is about to be. @param {Store} store */
function showNow({ opening }) {
  const about = opening.peek();
  if (!about) return;
  try {
    about.show();
  } finally {
    if (opening.peek() === about) opening.value = null;
  }
}

/**
 * Shows a view once its values are there, or have been waited for. What of a deep network is not there is
 * asked for first: the server computes while the page rests.
 * @param {Store} store
 * @param {View} view
 * @param {() => void} show
 */
export function showSoon(store, view, show) {
  const { askNow, opening } = store;
  // Whoever walks on faster than that still sees where they are.
  const until = opening.peek()?.until ?? performance.now() + AWAITED_MS;
  const about = { view, show, until };
  opening.value = about;
  untracked(askNow.peek());
  if (isThere(store, view)) showNow(store);
  else setTimeout(() => opening.peek() === about && showNow(store), until - performance.now());
}

/** Whether all that a view shows is there, or nothing of the network is. @param {Store} store @param {View} view */
const isThere = ({ deep, forward, layers }, view) =>
  !deep.peek() ||
  !forward.peek() ||
  deep
    .peek()
    ?.shownIn(layers.peek(), view)
    .every((name) => forward.peek()?.tensors.has(name));

/** Shows what is about to be, where its values have come. @param {Store} store */
export function showWhatCame(store) {
  const about = store.opening.peek();
  if (about && isThere(store, about.view)) showNow(store);
}
