import { count, counted } from '../number.js';

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

/** How many pictures of each class there are to learn from, fewest to most. @param {Pick<Card, 'classes' | 'counts'>} card */
function classSizeText({ classes, counts }) {
  const sizes = classes.map((label) => counts[label]).filter(Number.isFinite);
  if (sizes.length === 0) return '';
  const [fewest, most] = [Math.min(...sizes), Math.max(...sizes)];
  return fewest === most ? ` of ${count(most)}` : ` of ${count(fewest)} to ${count(most)}`;
}

/** How much there is in a data set. @param {Pick<Card, 'own' | 'train' | 'test' | 'classes' | 'counts'>} card */
export const sizeText = ({ own, train, test, classes, counts }) =>
  own
    ? `${counted(train, 'picture')}, ${counted(classes.length, 'label')}`
    : `${count(train)} + ${count(test)}, ${classes.length} classes${classSizeText({ classes, counts })}`;

/** A class, and how many pictures of it there are. @param {Pick<Card, 'counts'>} card @param {string} label */
export const classText = ({ counts }, label) => `${label}: ${counted(counts[label], 'picture')}`;

/** What there has to be at least to learn from: labels, and pictures of each. */
const FEWEST_LABELS = 2;
const FEWEST_PICTURES = 5;

/**
 * What a set of one's own lacks before it can be learned from, in a sentence; null: nothing.
 * @param {Pick<Card, 'own' | 'title' | 'classes' | 'counts'>} card
 */
export function shortageOf({ own, title, classes, counts }) {
  if (!own) return null;
  if (classes.length < FEWEST_LABELS)
    return `${title} has ${classes.length} of the ${FEWEST_LABELS} labels that there have to be at least to tell apart: collect ${FEWEST_PICTURES} pictures under ${classes.length === 0 ? 'one, and as many under another' : 'another'}.`;
  const few = classes.find((label) => counts[label] < FEWEST_PICTURES);
  if (few === undefined) return null;
  return `“${few}” has ${counts[few]} of the ${FEWEST_PICTURES} pictures that a label needs at least: collect ${FEWEST_PICTURES - counts[few]} more.`;
}

const TITLE_LENGTH = 60;

/**
 * A title that no other has: numbered where it is taken.
 * @param {string} title
 * @param {readonly string[]} taken
 */
export function newTitle(title, taken) {
  let found = title;
  for (let number = 2; taken.includes(found); number += 1) {
    const end = ` ${number}`;
    found = title.replace(/ \d{1,4}$/, '').slice(0, TITLE_LENGTH - end.length) + end;
  }
  return found;
}

/** A set of one's own in which nothing has been collected yet. @template {Pick<Card, 'own' | 'kind' | 'classes'>} C @param {readonly C[]} cards @param {Card['kind']} kind */
export const emptySet = (cards, kind) =>
  cards.find((card) => card.own && card.kind === kind && card.classes.length === 0);

/** One picture of each class, as many as there is room for. @param {readonly Shown[]} samples @param {number} most */
export function firstOfEach(samples, most) {
  const seen = new Set();
  const firsts = samples.filter(({ label }) => !seen.has(label) && seen.add(label));
  return firsts.slice(0, most);
}
