// A recipe's choices in the words that people use.

import { choiceAt, differences, pathText, valueText } from './recipe.js';

/**
 * @import {Recipe} from './recipe.js'
 *
 * What networks and data sets are called, by their names.
 * @typedef {{network: (name: string) => string, dataset: (name: string) => string}} Titles
 */

/** @type {Readonly<Record<string, string>>} */
const OPTIMIZERS = { adam: 'Adam', sgd: 'SGD' };

/** @type {Readonly<Record<string, string>>} */
const TEXTS = {
  'optimizer.lr': 'learning rate',
  'optimizer.weight_decay': 'weight decay',
  'optimizer.momentum': 'momentum',
  'optimizer.amsgrad': 'AMSGrad',
  'optimizer.betas': 'betas',
  'optimizer.eps': 'epsilon',
  initialization: 'starting weights',
  initialization_scale: 'scale of the starting weights',
};

/** What is there as a whole, or is not. @type {Readonly<Record<string, string>>} */
const PARTS = {
  early_stopping: 'early stopping',
  augmentation: 'augmentation',
  dropout: 'dropout',
  batch_norm: 'batch normalization',
};

/** Choices that are told as one. @type {Readonly<Record<string, (recipe: any, titles: Titles) => string>>} */
const WHOLES = {
  network: ({ network }, titles) => titles.network(network),
  dataset: ({ dataset }, titles) => titles.dataset(dataset),
  layers: ({ layers }) => (layers ? 'layers changed' : 'layers as they are'),
  transfer: ({ transfer, network }, titles) =>
    transfer
      ? `the weights of ${titles.network(transfer.from)}${transfer.freeze ? ', frozen' : ''}`
      : `new weights of ${titles.network(network)}`,
};

/** Which course the learning rate takes. @param {any} scheduler */
function scheduleText(scheduler) {
  if (!scheduler) return 'no schedule';
  return scheduler.name === 'one_cycle' ? 'one cycle' : 'rate lowered where it rests';
}

/** A difference within two schedules of other kinds is that of their kinds. @param {string} path @param {readonly Recipe[]} recipes */
function wholePath(path, recipes) {
  const [one, other] = recipes.map(({ scheduler }) => scheduleText(scheduler));
  return path.startsWith('scheduler.') && one !== other ? 'scheduler' : path;
}

/** One choice in words. @param {Recipe} recipe @param {string} path @param {Titles} titles */
export function choiceWords(recipe, path, titles) {
  const [part, ...inner] = path.split('.');
  const value = choiceAt(recipe, path);
  if (Object.hasOwn(WHOLES, part)) return WHOLES[part](recipe, titles);
  if (path === 'scheduler') return scheduleText(value);
  if (path === 'optimizer.name') return OPTIMIZERS[value];
  if (inner.length === 0 && Object.hasOwn(PARTS, part)) {
    if (!value) return `no ${PARTS[part]}`;
    return typeof value === 'number' ? `${PARTS[part]} ${value}` : PARTS[part];
  }
  const text = TEXTS[path] ?? pathText(path).replace(/^scheduler/, 'schedule:');
  return `${text} ${valueText(value)}`;
}

/**
 * Where two recipes differ: what the one chooses, and what the other, in words.
 * @param {Recipe} recipe
 * @param {Recipe} other
 * @param {Titles} titles
 * @returns {{text: string, other: string}[]}
 */
export function changedWords(recipe, other, titles) {
  /** @type {Map<string, string>} */
  const found = new Map();
  // Which network goes on is told by where its weights come from.
  const isOne = Boolean(recipe.transfer ?? other.transfer);
  const paths = differences(recipe, other).map((each) => wholePath(each.path, [recipe, other]));
  for (const path of paths.filter((each) => !isOne || each !== 'network'))
    found.set(choiceWords(recipe, path, titles), choiceWords(other, path, titles));
  return [...found].map(([text, before]) => ({ text, other: before }));
}

/** What holds, and what does not: `batch size 64, not 400`. @param {{text: string, other: string}} change */
export function contrastText({ text, other }) {
  // What is there or not is said once.
  if (text === `no ${other}` || other === `no ${text}`) return text;
  const same = text.lastIndexOf(' ') + 1;
  const isShared = same > 0 && text.slice(0, same) === other.slice(0, other.lastIndexOf(' ') + 1);
  return `${text}, not ${isShared ? other.slice(same) : other}`;
}

/**
 * Whether a layer of a run stays as it was: all but those whose gradients it tells of.
 * @param {Recipe} recipe
 * @param {readonly string[]} told
 * @param {string} layer
 */
export const isFrozenIn = ({ transfer }, told, layer) =>
  /** @type {{freeze: boolean} | null | undefined} */ (transfer)?.freeze === true &&
  told.length > 0 &&
  !told.includes(layer);
