import { BY_HAND, METHODS, methodNamed } from '../../core/attribution/methods.js';
import { layerNamed } from './store.js';

/**
 * @import {Patch} from '../../core/attribution/picture.js'
 * @import {Network} from './network.js'
 * @import {Layer, Outline, Store} from './store.js'
 *
 * What is asked about a network's decision.
 * @typedef {object} WhyQuestion
 * @property {string} method  of the API, or the patch that is moved by hand
 * @property {number | null} index  the class; null: the one that the network names
 * @property {number | null} against  the class it is compared with
 * @property {string | null} layer  whose maps are looked at; null: the one the server takes
 * @property {number} random  so many layers from the answer backwards have random weights beside
 * @property {Partial<Patch>} patch  what is moved by hand
 *
 * @typedef {{read: (question: WhyQuestion) => string, change: (text: string, network: Network) =>
 *   Partial<WhyQuestion> | null}} Part
 */

/** @type {WhyQuestion} */
export const USUAL_QUESTION = {
  method: METHODS[0].name,
  index: null,
  against: null,
  layer: null,
  random: 0,
  patch: {},
};

/** What is asked, or would be. @param {Store} store @returns {WhyQuestion} */
export const questionOf = ({ why }) => why.value ?? USUAL_QUESTION;

/**
 * The class that is explained is none to compare it with: of itself it has nothing more.
 * @param {WhyQuestion} question
 * @param {number | null | undefined} explained
 * @returns {WhyQuestion}
 */
export const withoutItself = (question, explained) =>
  question.against === explained ? { ...question, against: null } : question;

/** @param {Store} store @param {Partial<WhyQuestion>} change */
export function ask(store, change) {
  const next = { ...questionOf(store), ...change };
  store.why.value = withoutItself(next, next.index);
}

/** How many layers there are whose weights can be random. @param {readonly Layer[]} layers */
const learningOf = (layers) => layers.filter(({ parameters }) => parameters.total > 0).length;

/**
 * What is asked of another network: by the same method; of the same classes where it tells the same apart.
 * Its layers and its places are others.
 * @param {WhyQuestion} question
 * @param {Outline | null} before
 * @param {Outline} shown
 * @returns {WhyQuestion}
 */
export function askedOf({ method, index, against, random }, before, shown) {
  const usual = { ...USUAL_QUESTION, method };
  if (before?.classes.join('\n') !== shown.classes.join('\n')) return usual;
  return { ...usual, index, against, random: Math.min(random, learningOf(shown.layers)) };
}

/** @param {string} text @param {number} end  the first that is too large */
function numberBelow(text, end) {
  return /^\d{1,6}$/.test(text) && Number(text) < end ? Number(text) : null;
}

/** @param {'index' | 'against'} name @returns {Part} */
const classPart = (name) => ({
  read: (question) => String(question[name] ?? ''),
  change: (text, { signals }) => {
    const index = numberBelow(text, signals.outline.value?.classes.length ?? 0);
    const isItself = name === 'against' && index === questionOf(signals).index;
    return index === null || isItself ? null : { [name]: index };
  },
});

/**
 * What a link says of a question, each under its name; '' for what is usual.
 * @type {Record<string, Part>}
 */
export const QUESTION_PARTS = {
  'why.class': classPart('index'),
  'why.against': classPart('against'),
  'why.layer': {
    read: ({ layer }) => layer ?? '',
    change: (text, { signals }) =>
      layerNamed(signals, text)?.output_shape.length === 3 ? { layer: text } : null,
  },
  'why.random': {
    read: ({ random }) => (random ? String(random) : ''),
    change: (text, { signals }) => {
      const random = numberBelow(text, learningOf(signals.layers.value) + 1);
      return random === null ? null : { random };
    },
  },
  'why.patch': {
    read: ({ patch: { row, column, side, fill } }) =>
      row === undefined && side === undefined && fill === undefined
        ? ''
        : [row ?? '', column ?? '', side ?? '', fill === 'mean' ? 'mean' : ''].join('.'),
    change: (text) => {
      const found = /^(\d{0,4})\.(\d{0,4})\.(\d{0,4})\.(mean|)$/.exec(text);
      if (!found) return null;
      const [row, column, side] = found
        .slice(1, 4)
        .map((part) => (part ? Number(part) : undefined));
      return { patch: { row, column, side, fill: found[4] ? 'mean' : 'zero' } };
    },
  },
};

/** Whether there is such a way to ask. @param {string} name */
export const isMethod = (name) => name === BY_HAND || methodNamed(name) !== undefined;
