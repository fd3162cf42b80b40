import { batch } from '@preact/signals-core';

import { learningFrom, withUsualRate } from '../../core/training/usual_rate.js';
import { drawingActions } from '../network/drawing.js';
import { createPaper } from '../network/paper.js';
import { isAbort } from '../retry.js';
import * as api from './data_set_api.js';
import { createDataSetStore } from './data_set_store.js';
import { collecting } from './own_set.js';

/**
 * @import {Card} from '../../core/training/data_set.js'
 * @import {Chosen, DataSetStore} from './data_set_store.js'
 * @typedef {ReturnType<typeof createDataSets>} DataSets
 * @typedef {ReturnType<typeof means>} Means
 */

/** So many pictures of each class are shown of a set that is looked at, and of one's own. */
const PER_CLASS = 1;
const OWN_PER_CLASS = 40;
const LOOK_AGAIN_MS = 500;

/** @type {WeakMap<Chosen['signals']['recipe'], DataSets>} */
const known = new WeakMap();

/** The data sets of a training: the same for all of its parts. @param {Chosen} training */
export function dataSetsOf(training) {
  const found = known.get(training.signals.recipe) ?? createDataSets(training);
  known.set(training.signals.recipe, found);
  return found;
}

/** What actions are made of. @param {DataSetStore} store @param {Chosen} training */
function means(store, { signals: { recipe }, actions: { choose } }) {
  const { cards, samples, problem, isBusy, chosen } = store;
  return {
    /** Fetches pictures of a set. @param {Card} card */
    async look({ name, own }) {
      const found = await api.getSamples(name, own ? OWN_PER_CLASS : PER_CLASS);
      samples.value = new Map([...samples.peek(), [name, found]]);
    },

    /** Puts a card in the place of the one before. @param {Card} card */
    put(card) {
      const before = cards.peek() ?? [];
      const old = before.find(({ name }) => name === card.name);
      cards.value = old ? before.map((each) => (each === old ? card : each)) : [...before, card];
      // The rate follows the size of the set, as long as nobody chose another.
      if (old && recipe.peek().dataset === card.name)
        choose(withUsualRate(recipe.peek(), old, card));
    },

    /** Takes another data set for the next run. @param {string} name */
    take(name) {
      const card = cards.peek()?.find((each) => each.name === name);
      if (card) choose(learningFrom(recipe.peek(), chosen.peek() ?? card, card));
    },

    /** Does something that may be refused, and says so. @param {() => Promise<void>} act */
    async trying(act) {
      batch(() => {
        isBusy.value = true;
        problem.value = null;
      });
      try {
        await act();
      } catch (error) {
        if (!isAbort(error)) problem.value = error instanceof Error ? error.message : String(error);
      } finally {
        isBusy.value = false;
      }
    },
  };
}

/** What is done with data sets as a whole. @param {DataSetStore} store @param {Means} by */
const choosing = ({ cards, samples, progress }, { look, put, take, trying }) => ({
  take,

  refresh: () =>
    trying(async () => {
      const found = await api.listDataSets();
      cards.value = found;
      const wanted = found.filter(
        ({ name, state }) => state === 'ready' && !samples.peek().has(name),
      );
      await Promise.all(wanted.map(look));
    }),

  /** Fetches a data set that is not here, and tells how far it is. @param {string} name */
  fetch: (name) =>
    trying(async () => {
      const ticket = crypto.randomUUID();
      let card = await api.fetchDataSet(name, ticket);
      while (card.state === 'fetching') {
        put(card);
        const { done, of } = await api.getProgress(ticket);
        progress.value = of === null ? null : { done: done ?? 0, of };
        await new Promise((go) => setTimeout(go, LOOK_AGAIN_MS));
        const found = await api.listDataSets();
        card = found.find((each) => each.name === name) ?? card;
      }
      progress.value = null;
      put(card);
      if (card.state === 'ready') await look(card);
    }),
});

/**
 * What there is to learn from, and what one collects oneself.
 * @param {Chosen} training
 */
function createDataSets(training) {
  const store = createDataSetStore(training);
  const paper = createPaper();
  const by = means(store, training);
  return {
    signals: { ...store, paper },
    actions: {
      ...drawingActions(paper),
      ...choosing(store, by),
      ...collecting(store, by, paper),
      trying: by.trying,
    },
  };
}
