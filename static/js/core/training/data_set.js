import { count } from '../number.js';

/**
 * A data set, as the API tells of it.
 * @typedef {{name: string, title: string, kind: 'drawings' | 'photographs', own: boolean,
 *   state: 'ready' | 'to fetch' | 'fetching', reason: string | null, classes: readonly string[],
 *   counts: Readonly<Record<string, number>>, train: number, test: number,
 *   credit: Readonly<Record<string, string>> | null,
 *   usual_lr: {whole: number, last_layer: number}}} Card
 *
 * One picture of a data set, at its place there.
 * @typedef {{index: number, label: string, picture: import('../colour.js').Picture}} Shown
 */

/** @param {number} number @param {string} one @param {string} many */
const counted = (number, one, many) => `${count(number)} ${number === 1 ? one : many}`;

/** How much there is in a data set. @param {Pick<Card, 'own' | 'train' | 'test' | 'classes'>} card */
export const sizeText = ({ own, train, test, classes }) =>
  own
    ? `${counted(train, 'picture', 'pictures')}, ${counted(classes.length, 'label', 'labels')}`
    : `${count(train)} + ${count(test)}, ${classes.length} classes`;

/** One picture of each class, as many as there is room for. @param {readonly Shown[]} samples @param {number} most */
export function firstOfEach(samples, most) {
  const seen = new Set();
  const firsts = samples.filter(({ label }) => !seen.has(label) && seen.add(label));
  return firsts.slice(0, most);
}
