/**
 * A run's recipe as the API takes it and gives it back.
 * @typedef {{name: 'adam' | 'sgd', lr: number, weight_decay: number, amsgrad: boolean,
 *   betas: readonly number[], eps: number, momentum: number}} Optimizer
 * @typedef {{patience: number, factor: number, min_lr: number}} Plateau
 * @typedef {{name: 'one_cycle', rise: number}} OneCycle
 * @typedef {{rotation_degrees: number, scale: number, shift: number, flip: boolean}} Augmentation
 *
 * @typedef {{
 *   readonly network: string,
 *   readonly dataset: string,
 *   readonly epochs: number,
 *   readonly batch_size: number,
 *   readonly seed: number,
 *   readonly split: number,
 *   readonly optimizer: Optimizer,
 *   readonly scheduler: Plateau | OneCycle | null,
 *   readonly early_stopping: {patience: number} | null,
 *   readonly initialization: 'article' | 'default' | 'normal',
   readonly initialization_scale: number,
 *   readonly augmentation: Augmentation | null,
 *   readonly precision: 'float32' | 'bfloat16',
 *   readonly dropout: number | null,
 *   readonly batch_norm: boolean,
 *   readonly [further: string]: unknown,
 * }} Recipe
 */

/** @type {Plateau} */
export const PLATEAU = { patience: 3, factor: 0.5, min_lr: 1e-6 };
/** @type {OneCycle} */
export const ONE_CYCLE = { name: 'one_cycle', rise: 0.25 };
/** What the article adds in its section on doing better. @type {Augmentation} */
export const AUGMENTATION = { rotation_degrees: 10, scale: 0.1, shift: 0, flip: false };
export const EARLY_STOPPING = { patience: 7 };
export const DROPOUT = 0.5;

/**
 * The article's recipe, on the digits that ship, for as many epochs as two cores need for more than 95 %
 * in well under a minute.
 * @type {Recipe}
 */
export const USUAL_RECIPE = {
  network: 'mycnn',
  dataset: 'mnist-subset',
  epochs: 8,
  batch_size: 64,
  seed: 0,
  split: 0.8,
  optimizer: {
    name: 'adam',
    lr: 1e-3,
    weight_decay: 1e-5,
    amsgrad: true,
    betas: [0.9, 0.999],
    eps: 1e-8,
    momentum: 0,
  },
  scheduler: PLATEAU,
  early_stopping: EARLY_STOPPING,
  initialization: 'article',
  initialization_scale: 0.01,
  augmentation: null,
  precision: 'float32',
  dropout: null,
  batch_norm: false,
  layers: null,
  transfer: null,
};

/** What of a run's recipe nobody chooses here, or that has no meaning for a comparison. */
const SILENT = new Set(['weights_dtype', 'split_seed', 'data']);

/**
 * The recipe of a run as the page's controls have it: what it lacks is as usual, what is only of the
 * command line is left out.
 * @param {Readonly<Record<string, any>>} given
 * @returns {Recipe}
 */
export function recipeOf(given) {
  const known = Object.entries(given).filter(([name]) => !SILENT.has(name));
  return { ...USUAL_RECIPE, ...Object.fromEntries(known) };
}

/** A choice as a person reads it. @param {unknown} value */
export function valueText(value) {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? 'on' : String(value);
}

/** A path as a person reads it. @param {string} path */
export const pathText = (path) => path.replaceAll('_', ' ').replaceAll('.', ' ');

/** Whether a value is a part with choices of its own. @param {unknown} value @returns {value is Record<string, unknown>} */
const isPart = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * Where two recipes differ: the path, and the value of each as text. A part that one of them lacks differs
 * as a whole, else in each of its choices.
 * @param {Readonly<Record<string, unknown>>} recipe
 * @param {Readonly<Record<string, unknown>>} other
 * @param {string} [before]
 * @returns {{path: string, text: string, other: string}[]}
 */
export function differences(recipe, other, before = '') {
  const names = [...new Set([...Object.keys(recipe), ...Object.keys(other)])];
  return names.flatMap((name) => {
    const [value, otherValue] = [recipe[name], other[name]];
    if (isPart(value) && isPart(otherValue))
      return differences(value, otherValue, `${before}${name}.`);
    const [text, otherText] = [valueText(value), valueText(otherValue)];
    return text === otherText ? [] : [{ path: before + name, text, other: otherText }];
  });
}

/**
 * A value in which what lies at a path is another.
 * @param {any} value
 * @param {readonly string[]} path
 * @param {unknown} choice
 * @returns {any}
 */
function replaced(value, [name, ...inner], choice) {
  const next = inner.length > 0 ? replaced(value?.[name], inner, choice) : choice;
  if (Array.isArray(value)) return value.with(Number(name), next);
  return { ...value, [name]: next };
}

/**
 * A recipe in which one choice is another.
 * @param {Recipe} recipe
 * @param {string} path  as in `optimizer.lr`
 * @param {unknown} choice
 * @returns {Recipe}
 */
export const withChoice = (recipe, path, choice) => replaced(recipe, path.split('.'), choice);

/** The choice at a path. @param {Recipe} recipe @param {string} path @returns {any} */
export function choiceAt(recipe, path) {
  /** @type {any} */
  let found = recipe;
  for (const name of path.split('.')) found = found?.[name];
  return found;
}
