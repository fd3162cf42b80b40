// What a run may go on from.

import { percent } from '../number.js';

/** @import {Recipe} from './recipe.js' */

/** A run by its name, what it trained, and how well that did. @param {Beginning} run @param {readonly any[]} networks */
const runText = ({ id, title, recipe, best }, networks) =>
  [
    title ?? `run ${id}`,
    networks.find(({ name }) => name === recipe.network)?.title ?? recipe.network,
    ...(best ? [percent(best.val_accuracy)] : []),
  ].join(', ');

/**
 * @typedef {{id: string, title?: string | null, recipe: Recipe, state: string,
 *   best?: {val_accuracy: number} | null}} Beginning  a run that another may go on from
 *
 * What a run may begin with: nothing, a trained network, or the best moment of a run.
 * @param {readonly any[]} networks  as the API lists them
 * @param {readonly Beginning[]} runs
 * @param {string} from  what is chosen, which is among them whatever it is
 * @param {boolean} isPhoto  whether the data are photographs
 */
export function beginnings(networks, runs, from, isPhoto) {
  const trained = networks.filter(
    ({ weights, input_shape: shape }) => weights === 'ready' && (shape[0] === 3) === isPhoto,
  );
  const kept = runs.filter(({ state }) => state !== 'queued' && state !== 'diverged' && !isPhoto);
  const options = [
    ...(isPhoto ? [] : [{ value: '', text: 'new weights' }]),
    ...trained.map(({ name, title }) => ({ value: name, text: `${title}, trained` })),
    ...kept.map((run) => ({ value: `run:${run.id}`, text: runText(run, networks) })),
  ];
  return options.some(({ value }) => value === from)
    ? options
    : [...options, { value: from, text: from }];
}
