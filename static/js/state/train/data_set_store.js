import { computed, signal } from '@preact/signals-core';

/**
 * @import {Signal} from '@preact/signals-core'
 * @import {Recipe} from '../../core/training/recipe.js'
 * @import {Card, Shown} from '../../core/training/data_set.js'
 *
 * What of a training the data sets need.
 * @typedef {{signals: {recipe: Signal<Recipe>}, actions: {choose: (part: Partial<Recipe>) => void}}} Chosen
 * @typedef {ReturnType<typeof createDataSetStore>} DataSetStore
 */

/** What is known of the data sets: written by their actions alone. @param {Chosen} training */
export function createDataSetStore({ signals: { recipe } }) {
  /** Null before they are known. @type {Signal<readonly Card[] | null>} */
  const cards = signal(null);
  /** The set that the next run learns from. */
  const chosen = computed(
    () => cards.value?.find(({ name }) => name === recipe.value.dataset) ?? null,
  );
  return {
    ...{ cards, chosen },
    isOfPhotographs: computed(() => chosen.value?.kind === 'photographs'),
    /** Some pictures of each set, by its name. @type {Signal<ReadonlyMap<string, readonly Shown[]>>} */
    samples: signal(new Map()),
    /** What went wrong last, in a sentence. @type {Signal<string | null>} */
    problem: signal(null),
    /** How many files are here of the set that is being fetched. @type {Signal<{done: number, of: number} | null>} */
    progress: signal(null),
    /** Under which the next picture is kept. */
    label: signal(''),
    /** Whether something is on its way to the server. */
    isBusy: signal(false),
    /** Pictures that were taken out, the last behind, each with the name of its set. @type {Signal<readonly {set: string, shown: Shown}[]>} */
    takenOut: signal([]),
    /** A set that was deleted, which can be brought back. @type {Signal<{title: string, file: Blob} | null>} */
    removed: signal(null),
  };
}
