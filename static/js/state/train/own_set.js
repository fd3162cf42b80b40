import { batch } from '@preact/signals-core';

import { isEmpty } from '../../core/drawing/strokes.js';
import { drawingActions } from '../network/drawing.js';
import { createRequest } from '../network/request.js';
import * as api from './data_set_api.js';

/**
 * @import {Paper} from '../network/paper.js'
 * @import {Card} from '../../core/training/data_set.js'
 * @import {DataSetStore} from './data_set_store.js'
 * @import {Means} from './data_sets.js'
 */

/** What is learned from where the set that was is gone. */
const SHIPPED = 'mnist-subset';
const TITLES = { drawings: 'My drawings', photographs: 'My photographs' };

/** What is done with the pictures of the chosen set. @param {DataSetStore} store @param {Means} by @param {Paper} paper */
function pictures({ chosen, label }, { look, put, trying }, paper) {
  const read = createRequest();
  const name = () => chosen.peek()?.name ?? '';

  /** Shows the set as it is now. @param {Card} card */
  const show = async (card) => {
    put(card);
    await look(card);
  };

  /** Keeps a picture under the label at hand. @param {{body: BodyInit, type: string}} picture */
  const keep = async (picture) => {
    const { card } = await api.addPicture(name(), label.peek().trim(), picture);
    await show(card);
  };

  return {
    /** @param {string} text */
    setLabel: (text) => void (label.value = text),

    /** Keeps what is drawn, and empties the paper. */
    addDrawing: () =>
      trying(async () => {
        const drawing = paper.drawing.peek();
        if (isEmpty(drawing)) return;
        await keep(read(drawing, false));
        drawingActions(paper).clear();
      }),

    /** @param {readonly File[]} files */
    addFiles: (files) =>
      trying(async () => {
        for (const file of files) {
          const type = file.type.startsWith('image/') ? file.type : 'image/unknown';
          await keep({ body: file, type });
        }
      }),

    /** Takes a picture out of the set. @param {number} index */
    removePicture: (index) => trying(async () => show(await api.deletePicture(name(), index))),

    /** Gives a label another name; one that is there already takes its pictures. @param {string} from @param {string} to */
    relabel: (from, to) =>
      trying(async () => show(await api.changeDataSet(name(), { labels: { [from]: to } }))),

    /** Gives the set another title. @param {string} title */
    rename: (title) => trying(async () => put(await api.changeDataSet(name(), { title }))),
  };
}

/** What one does with data sets of one's own. @param {DataSetStore} store @param {Means} by @param {Paper} paper */
export const collecting = (store, by, paper) => ({
  ...pictures(store, by, paper),

  /** Makes a set, and takes it. @param {Card['kind']} kind */
  create: (kind) =>
    by.trying(async () => {
      const card = await api.createDataSet(TITLES[kind], kind);
      by.put(card);
      by.take(card.name);
    }),

  /** Deletes the set; it can be brought back. */
  remove: () =>
    by.trying(async () => {
      const card = store.chosen.peek();
      if (!card?.own) return;
      const file = await api.exportDataSet(card.name);
      await api.deleteDataSet(card.name);
      by.take(SHIPPED);
      batch(() => {
        store.cards.value = (store.cards.peek() ?? []).filter(({ name }) => name !== card.name);
        store.removed.value = { title: card.title, file };
      });
    }),

  /** Makes a set out of a file, and takes it. @param {Blob} file */
  bring: (file) =>
    by.trying(async () => {
      const card = await api.importDataSet(file);
      by.put(card);
      store.removed.value = null;
      await by.look(card);
      by.take(card.name);
    }),
});
