/**
 * @import {Training} from '../../state/train/training.js'
 * @import {Row, TrainInstance} from './instance.js'
 */

/**
 * Fetches a part of the page and mounts it, unless it has been taken out meanwhile.
 * @param {Row} row
 * @param {HTMLElement} host
 * @param {Training} training
 * @returns {() => void} takes it out
 */
export function mountPart(row, host, training) {
  let isOut = false;
  /** @type {(() => void) | void} */
  let unmount;
  const takeOut = () => {
    isOut = true;
    unmount?.();
    host.replaceChildren();
  };
  row.load().then(
    ({ mount }) => {
      if (!isOut) unmount = mount(host, training);
    },
    (/** @type {unknown} */ error) => {
      if (!isOut) host.textContent = `${row.title} could not be loaded: ${error}`;
    },
  );
  return takeOut;
}

/**
 * Mounts parts below each other, each in a section under its title.
 * @param {readonly Row[]} rows
 * @param {HTMLElement} place
 * @param {Training} training
 * @param {Pick<TrainInstance, 'id' | 'atEnd'>} instance
 * @param {string} [shape]  a class of each section
 */
export function mountRows(rows, place, training, instance, shape = 'train-section') {
  for (const row of rows) {
    const section = document.createElement('section');
    const title = document.createElement('h2');
    const host = document.createElement('div');
    section.className = shape;
    section.dataset.part = row.name;
    title.className = row.isUntitled ? 'visually-hidden' : 'train-part-title';
    title.id = `${instance.id}-${row.name}`;
    title.textContent = row.title;
    section.setAttribute('aria-labelledby', title.id);
    section.append(title, host);
    place.append(section);
    instance.atEnd(mountPart(row, host, training));
  }
}
