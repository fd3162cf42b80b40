// One Train page's model: what it shows, and everything one can do in it.

import { batch } from '@preact/signals-core';

import { ApiError } from '../../api/client.js';
import { withChoice } from '../../core/training/recipe.js';
import { drawingActions } from '../network/drawing.js';
import { comparing } from './compare.js';
import { Follower, showInList } from './follow.js';
import { deleteRun, nameRun, postRun, tellRun } from './run_api.js';
import { fail, showing } from './showing.js';
import { refusalsOf } from './plan.js';
import { createPlayback } from './playback.js';
import { createRemoval } from './removal.js';
import { LIVING, createStore } from './store.js';

/**
 * @import {Recipe} from '../../core/training/recipe.js'
 * @import {Run, Store} from './store.js'
 * @typedef {ReturnType<typeof createTraining>} Training
 */

/**
 * What is wrong, without what is said of a choice and of what lies within it.
 * @param {import('@preact/signals-core').Signal<ReadonlyMap<string, string>>} said
 * @param {string} path
 */
function forget(said, path) {
  const others = [...said.peek()].filter(
    ([other]) => other !== path && !other.startsWith(`${path}.`),
  );
  if (others.length < said.peek().size) said.value = new Map(others);
}

/** Changes of the recipe, and what is wrong with them. @param {Store} store */
const choosing = ({ recipe, refused, mistyped, shortage, problem, isFull }) => {
  /** What was said at the last start is of the recipe that was. */
  const unsay = () => {
    const isRefused = refused.peek().size + mistyped.peek().size > 0 || shortage.peek() !== null;
    if (isRefused && !isFull.peek()) problem.value = null;
  };
  const forgetAll = (/** @type {string} */ path) => {
    unsay();
    forget(refused, path);
    forget(mistyped, path);
  };
  return {
    /** Changes some choices of the recipe. @param {Partial<Recipe>} part */
    choose: (part) =>
      batch(() => {
        unsay();
        for (const name of Object.keys(part)) forget(mistyped, name);
        recipe.value = { ...recipe.peek(), ...part };
      }),
    /** Changes one choice. @param {string} path  as in `optimizer.lr` @param {unknown} value @param {string} [typed]  of what the number was typed; else what was typed beside it is given up */
    chooseAt: (path, value, typed = typeof value === 'number' ? path : undefined) =>
      batch(() => {
        recipe.value = withChoice(recipe.peek(), path, value);
        forgetAll(typed ?? path.split('.')[0]);
      }),
    /** Says why what was typed cannot be so; the choice stays as it is. @param {string} path @param {string} sentence */
    refuse: (path, sentence) =>
      void (mistyped.value = new Map([...mistyped.peek(), [path, sentence]])),
    /** Says nothing more of a choice that is typed anew. @param {string} path */
    amend: (path) => batch(() => forgetAll(path)),
  };
};

/** What is told to a run that goes on. @param {Store} store @param {Follower} follower */
function steering(store, follower) {
  /** @param {(id: string) => Promise<Run>} act */
  const tell = (act) => async () => {
    const id = store.run.peek()?.id;
    if (id === undefined) return;
    store.problem.value = null;
    try {
      const now = await act(id);
      showInList(store, now);
      if (store.run.peek()?.id !== id) return;
      store.run.value = now;
      // One that ends is heard to its end.
      if (LIVING.has(now.state)) follower.goOn();
    } catch (error) {
      fail(store, error);
    }
  };
  return {
    /** Keeps the run under a name; '' takes it away. @param {string} title */
    nameRun: (title) => tell((id) => nameRun(id, title))(),
    pause: tell((id) => tellRun(id, 'pause')),
    resume: tell((id) => tellRun(id, 'resume')),
    cancel: tell((id) => deleteRun(id)),
  };
}

/**
 * Begins a run of the recipe; where another goes on, it waits behind it.
 * @param {Store} store
 * @param {Follower} follower
 * @param {() => Promise<unknown>} makeRoom  deletes what was taken out of the list
 */
const starting = (store, follower, makeRoom) => ({
  async start() {
    // What stands in a field is what is meant: nothing else is begun in its place.
    const wrong = store.shortage.peek() ?? [...store.mistyped.peek().values()][0];
    store.problem.value = wrong ?? null;
    if (wrong) return;
    if (store.isFull.peek()) await makeRoom();
    store.refused.value = new Map();
    try {
      const run = await postRun(store.recipe.peek(), crypto.randomUUID());
      batch(() => {
        store.isFull.value = false;
        store.chosenStep.value = null;
        showInList(store, run);
        follower.begin(run);
      });
    } catch (error) {
      batch(() => {
        if (error instanceof ApiError) {
          store.isFull.value = error.status === 409;
          store.refused.value = refusalsOf(error);
        }
        fail(store, error);
      });
    }
  },
});

/**
 * A training as an instrument: the recipe of the next run, the runs there are, the one on show and the moment of it.
 * @param {{recipe?: Recipe}} [initial]
 */
export function createTraining({ recipe } = {}) {
  const store = createStore();
  if (recipe) store.recipe.value = recipe;
  const follower = new Follower(store);
  const shown = showing(store, follower);
  const removal = createRemoval(store, shown);
  const playback = createPlayback(store);
  const { isPlaying, speed } = playback;
  return {
    signals: { ...store, isPlaying, speed, drawing: store.paper.drawing },
    actions: {
      ...drawingActions(store.paper),
      ...shown,
      ...steering(store, follower),
      ...starting(store, follower, removal.finishRemoval),
      ...removal,
      ...playback.actions,
      ...comparing(store),
      ...choosing(store),
      /** Shows the last moment that was kept by a step; null: the newest, also as it goes on. @param {number | null} step */
      scrub: (step) => void (store.chosenStep.value = step),
      /** @param {string} view */
      look: (view) => void (store.view.value = view),
    },
    end: () => follower.stop(),
  };
}
