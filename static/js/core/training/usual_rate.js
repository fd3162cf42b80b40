/**
 * @import {Recipe} from './recipe.js'
 * @typedef {{usual_lr: {whole: number, last_layer: number}}} Rated
 * @typedef {Rated & {name: string, kind: 'drawings' | 'photographs'}} Data
 */

/** What photographs are learned with: a network that knows photographs ships. */
const OF_PHOTOGRAPHS = { transfer: { from: 'squeezenet1_1', freeze: true }, layers: null };
const OF_DRAWINGS = { transfer: null, network: 'mycnn' };

/** The rate that suits a data set. @param {Recipe} recipe @param {Rated} data */
function usualRate({ transfer }, { usual_lr: rates }) {
  const isFrozen = /** @type {{freeze: boolean} | null} */ (transfer ?? null)?.freeze === true;
  return isFrozen ? rates.last_layer : rates.whole;
}

/**
 * A recipe's optimizer for other data: with the rate that suits them, unless another was chosen.
 * @param {Recipe} recipe
 * @param {Rated} before  the data until now
 * @param {Rated} data
 * @returns {Pick<Recipe, 'optimizer'>}
 */
export function withUsualRate(recipe, before, data) {
  const { optimizer } = recipe;
  const isUsual = optimizer.lr === usualRate(recipe, before);
  return { optimizer: isUsual ? { ...optimizer, lr: usualRate(recipe, data) } : optimizer };
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
  return { dataset: data.name, ...change, optimizer: { ...recipe.optimizer, lr } };
}
