import { USUAL_RECIPE } from './recipe.js';

/**
 * What is usual for data of a size: the learning rate, and how many epochs.
 *
 * @import {Recipe} from './recipe.js'
 * @typedef {{usual_lr: {whole: number, last_layer: number}, own: boolean, train: number}} Rated
 * @typedef {Rated & {name: string, kind: 'drawings' | 'photographs'}} Data
 */

/** What photographs are learned with: a network that knows photographs ships. */
const OF_PHOTOGRAPHS = { transfer: { from: 'squeezenet1_1', freeze: true }, layers: null };
const OF_DRAWINGS = { transfer: null, network: 'mycnn' };

/** One's own pictures are few as a rule, and an epoch a step or two: of eight steps nobody learns anything. */
const [FEW, EPOCHS_OF_FEW] = [1000, 30];

/** For how many epochs a data set is learned. @param {Rated} data */
const usualEpochs = ({ own, train }) => (own && train < FEW ? EPOCHS_OF_FEW : USUAL_RECIPE.epochs);

/** As many epochs as suit other data, unless another number was chosen. @param {Recipe} recipe @param {Rated} before @param {Rated} data */
const epochsFor = ({ epochs }, before, data) =>
  epochs === usualEpochs(before) ? usualEpochs(data) : epochs;

/** The rate that suits a data set. @param {Recipe} recipe @param {Rated} data */
function usualRate({ transfer }, { usual_lr: rates }) {
  const isFrozen = /** @type {{freeze: boolean} | null} */ (transfer ?? null)?.freeze === true;
  return isFrozen ? rates.last_layer : rates.whole;
}

/**
 * A recipe's optimizer and epochs for other data: with the rate and the number that suit them, unless others
 * were chosen.
 * @param {Recipe} recipe
 * @param {Rated} before  the data until now
 * @param {Rated} data
 * @returns {Pick<Recipe, 'optimizer' | 'epochs'>}
 */
export function withUsualRate(recipe, before, data) {
  const { optimizer } = recipe;
  const isUsual = optimizer.lr === usualRate(recipe, before);
  return {
    epochs: epochsFor(recipe, before, data),
    optimizer: isUsual ? { ...optimizer, lr: usualRate(recipe, data) } : optimizer,
  };
}

/**
 * What changes in a recipe where it learns from other data.
 * @param {Recipe} recipe
 * @param {Data} before  the data until now
 * @param {Data} data
 * @returns {Partial<Recipe>}
 */
export function learningFrom(recipe, before, data) {
  const begins = data.kind === 'photographs' ? OF_PHOTOGRAPHS : OF_DRAWINGS;
  const change = before.kind === data.kind ? {} : begins;
  const isUsual = recipe.optimizer.lr === usualRate(recipe, before);
  const lr = isUsual ? usualRate({ ...recipe, ...change }, data) : recipe.optimizer.lr;
  const epochs = epochsFor(recipe, before, data);
  return { dataset: data.name, epochs, ...change, optimizer: { ...recipe.optimizer, lr } };
}
