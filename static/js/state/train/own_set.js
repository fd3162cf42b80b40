import { batch } from '@preact/signals-core';

import { isEmpty } from '../../core/drawing/strokes.js';
import { drawingActions } from '../network/drawing.js';
import { createRequest } from '../network/request.js';
import { emptySet, newTitle } from '../../core/training/data_set.js';
import * as api from './data_set_api.js';

/**
 * @import {Paper} from '../network/paper.js'
 * @import {Card, Shown} from '../../core/training/data_set.js'
 * @import {DataSetStore} from './data_set_store.js'
 * @import {Means} from './data_sets.js'
 */

/** What is learned from where the set that was is gone. */
const SHIPPED = 'mnist-subset';
const UNNAMED = 'Name the label first: pictures are kept under it.';
const TITLES = { drawings: 'My drawings', photographs: 'My photographs' };

/** Taking pictures out, and putting the last one back. @param {DataSetStore} store @param {Means} by */
const takingOut = ({ takenOut }, { look, put }) => ({
  /** Takes a picture out of a set. Raises: ApiError. @param {string} set @param {Shown} shown */
  async takeOut(set, shown) {
    const card = await api.deletePicture(set, shown.index);
    takenOut.value = [...takenOut.peek(), { set, shown }];
    put(card);
    await look(card);
  },

  /** Puts the picture back that was taken out of a set last, to where it was. Raises: ApiError. @param {string} set */
  async putBack(set) {
    const last = takenOut.peek().findLast((each) => each.set === set);
    if (!last) return;
    const { card } = await api.putPictureBack(set, last.shown);
    takenOut.value = takenOut.peek().filter((each) => each !== last);
    put(card);
    await look(card);
  },
});

/** What was taken out of a set is put back no more. @param {DataSetStore} store @param {string} set */
function forget({ takenOut }, set) {
  takenOut.value = takenOut.peek().filter((each) => each.set !== set);
}

/** What is done with the pictures of the chosen set. @param {DataSetStore} store @param {Means} by @param {Paper} paper */
function pictures(store, { look, put, trying }, paper) {
  const { chosen, label } = store;
  const read = createRequest();
  const name = () => chosen.peek()?.name ?? '';

  /** Shows the set as it is now. @param {Card} card */
  const show = async (card) => {
    put(card);
    await look(card);
  };

  /** What keeps pictures under the label at hand, also once another one is typed. */
  const keeping = () => {
    const [set, under] = [name(), label.peek().trim()];
    return async (/** @type {{body: BodyInit, type: string}} */ picture) =>
      show((await api.addPicture(set, under, picture)).card);
  };

  return {
    /** @param {string} text */
    setLabel: (text) => void (label.value = text),

    /** Keeps what is drawn, and empties the paper. */
    addDrawing: () =>
      trying(async () => {
        const drawing = paper.drawing.peek();
        if (isEmpty(drawing)) return;
        await keeping()(read(drawing, false));
        drawingActions(paper).clear();
      }),

    /** Keeps pictures from files, in their order. @param {readonly File[]} files */
    addFiles: (files) =>
      trying(async () => {
        if (label.peek().trim() === '') throw new Error(UNNAMED);
        const keep = keeping();
        for (const file of files) {
          const type = file.type.startsWith('image/') ? file.type : 'image/unknown';
          await keep({ body: file, type });
        }
      }),

    /** Gives a label another name; one that is there already takes its pictures. @param {string} from @param {string} to */
    relabel: (from, to) =>
      trying(async () => {
        const card = await api.changeDataSet(name(), { labels: { [from]: to } });
        forget(store, card.name);
        await show(card);
      }),

    /** Gives the set another title. @param {string} title */
    rename: (title) => trying(async () => put(await api.changeDataSet(name(), { title }))),
  };
}

/** What the sets that there are are called. @param {DataSetStore} store */
const titles = ({ cards }) => (cards.peek() ?? []).map(({ title }) => title);

/** What one does with data sets of one's own. @param {DataSetStore} store @param {Means} by @param {Paper} paper */
export const collecting = (store, by, paper) => ({
  ...pictures(store, by, paper),
  ...takingOut(store, by),

  /** Takes a set of one's own that is empty; where there is none, makes one. @param {Card['kind']} kind */
  create: (kind) =>
    by.trying(async () => {
      const empty = emptySet(store.cards.peek() ?? [], kind);
      const title = newTitle(TITLES[kind], titles(store));
      const card = empty ?? (await api.createDataSet(title, kind));
      by.put(card);
      by.take(card.name);
    }),

  /** Deletes the set; it can be brought back. */
  remove: () =>
    by.trying(async () => {
      const card = store.chosen.peek();
      if (!card?.own) return;
      const file = await api.exportDataSet(card.name);
      // First what is learned from: a plan for what is gone would be refused.
      by.take(SHIPPED);
      await api.deleteDataSet(card.name);
      forget(store, card.name);
      batch(() => {
        store.cards.value = (store.cards.peek() ?? []).filter(({ name }) => name !== card.name);
        store.removed.value = { title: card.title, file };
      });
    }),

  /** Makes a set out of a file, and takes it; its title is numbered where another has it. @param {Blob} file */
  bring: (file) =>
    by.trying(async () => {
      const made = await api.importDataSet(file);
      const title = newTitle(made.title, titles(store));
      const card = title === made.title ? made : await api.changeDataSet(made.name, { title });
      by.put(card);
      store.removed.value = null;
      await by.look(card);
      by.take(card.name);
    }),
});
