import { computed, signal } from '@preact/signals-core';

import { NO_CURVES } from '../../core/training/curves.js';
import { momentBy, places } from '../../core/training/moments.js';
import { runBefore } from '../../core/training/run_before.js';
import { USUAL_RECIPE } from '../../core/training/recipe.js';
import { createPaper } from '../network/paper.js';

/**
 * @import {Signal} from '@preact/signals-core'
 * @import {Curves} from '../../core/training/curves.js'
 * @import {Moment} from '../../core/training/moments.js'
 * @import {Recipe} from '../../core/training/recipe.js'
 *
 * @typedef {'queued' | 'running' | 'paused' | 'finished' | 'stopped_early' | 'cancelled' | 'diverged'
 *   | 'failed'} RunState
 *
 * A run in the list, as the API tells of it.
 * @typedef {{id: string, state: RunState, reason: string | null, recipe: Recipe, created: number,
 *   epoch: number, step: number, steps: number, samples_per_second: number, title?: string | null,
 *   best: {epoch: number, val_loss: number, val_accuracy: number} | null}} RunRow
 * @typedef {RunRow & {history: Readonly<Record<string, readonly number[]>>,
 *   checkpoints: readonly Moment[]}} Run
 *
 * What a recipe comes to, before anything is started.
 * @typedef {{layers: readonly any[], parameters: number, trainable: number, macs: number,
 *   training_images: number, validation_images: number, steps_per_epoch: number, steps: number,
 *   seconds_estimated: number | null, remarks: readonly any[]}} Plan
 *
 * A network in the list, as the API tells of it.
 * @typedef {{name: string, title: string, input_shape: readonly number[]}} NetworkRow
 *
 * What is compared with what is shown: another run, and its moment.
 * @typedef {{run: Run, curves: Curves, step: number | null}} Compared
 *
 * @typedef {ReturnType<typeof createStore>} Store
 */

/** States in which a run goes on by itself. */
export const LIVING = new Set(['queued', 'running']);
/** States from which a run can be taken up again. */
export const RESUMABLE = new Set(['paused', 'failed']);

/** Whether a run has come to its end. @param {{readonly state: string}} run */
export const isEnded = ({ state }) => !LIVING.has(state) && !RESUMABLE.has(state);

/** What a training shows: written by its actions alone. */
export function createStore() {
  /** What the next run will be. @type {Signal<Recipe>} */
  const recipe = signal(USUAL_RECIPE);
  /** Every run, the newest first; null before they are known. @type {Signal<readonly RunRow[] | null>} */
  const runs = signal(null);
  /** The run on show. @type {Signal<Run | null>} */
  const run = signal(null);
  /** @type {Signal<Curves>} */
  const curves = signal(NO_CURVES);
  /** The step that was scrubbed to; null: the newest moment there is. @type {Signal<number | null>} */
  const chosenStep = signal(null);
  /** What is wrong with the recipe: a sentence by the path of the choice; '' for what is of no choice. @type {Signal<ReadonlyMap<string, string>>} */
  const refused = signal(new Map());
  /** The same of numbers that were typed and not taken. @type {Signal<ReadonlyMap<string, string>>} */
  const mistyped = signal(new Map());
  /** Every network there is; none before they are known. @type {Signal<readonly NetworkRow[]>} */
  const networks = signal([]);
  // A run tells of itself with every step: what follows from little of it is computed from that alone.
  const id = computed(() => run.value?.id ?? '');
  const moments = computed(() => run.value?.checkpoints ?? []);
  const epochs = computed(() => epochsOnLine(run.value));
  /** The moment that is shown; null where none is kept. @type {import('@preact/signals-core').ReadonlySignal<Moment | null>} */
  const moment = computed(() => momentBy(moments.value, chosenStep.value ?? Infinity) ?? null);
  return {
    recipe,
    runs,
    run,
    /** Which run is on show; '' where none is. */
    id,
    curves,
    chosenStep,
    moments,
    moment,
    /** The moment that is shown, as a step whose weights are kept. */
    step: computed(() => moment.value?.step ?? null),
    /** The moments along the line, which is for every epoch that there can be, as long as it goes on. */
    places: computed(() => places(moments.value, epochs.value)),
    /** @type {Signal<Plan | null>} */
    plan: signal(null),
    refused,
    mistyped,
    /** What the chosen data lack before they can be learned from; null: nothing. @type {Signal<string | null>} */
    shortage: signal(null),
    /** What is wrong beside each choice. @type {import('@preact/signals-core').ReadonlySignal<ReadonlyMap<string, string>>} */
    refusals: computed(() => new Map([...refused.value, ...mistyped.value])),
    /** @type {Signal<Compared | null>} */
    compared: signal(null),
    /** What the runs of the experiment that was opened last are called in it, by their ids. @type {Signal<ReadonlyMap<string, string>>} */
    partNames: signal(new Map()),
    /** Whether what is told of the run arrives: it may be on its way, at its end, or interrupted. @type {Signal<'loading' | 'live' | 'rest' | 'interrupted'>} */
    status: signal('loading'),
    /** What went wrong last, in a sentence. @type {Signal<string | null>} */
    problem: signal(null),
    /** Runs that will be deleted unless that is taken back. @type {Signal<readonly RunRow[]>} */
    removed: signal([]),
    networks,
    /** The titles of networks, by their names. */
    networkTitles: computed(() => new Map(networks.value.map(({ name, title }) => [name, title]))),
    /** Whether the room for runs is used up. */
    isFull: signal(false),
    /** Which of the page's main views is open. */
    view: signal('run'),
    /** Where one is within it, as a text of its own; '' where it begins. */
    inside: signal(''),
    isLiving: computed(() => LIVING.has(run.value?.state ?? '')),
    /** How many classes the run on show tells apart: those that ship have ten. */
    classes: computed(() => classesOf(run.value)),
    /** What the newest run before the one on show came to, of the same data. */
    baseline: computed(() => {
      const now = run.value;
      return (now && runBefore(now, runs.value ?? []))?.best ?? null;
    }),
    paper: createPaper(),
  };
}

const CLASSES = 10;

/** @param {Run | null} run */
function classesOf(run) {
  const data = /** @type {{classes?: readonly string[]} | null | undefined} */ (run?.recipe.data);
  return data?.classes?.length ?? CLASSES;
}

/** For how many epochs the line is. @param {Run | null} run */
function epochsOnLine(run) {
  if (!run) return 1;
  const isOpen = LIVING.has(run.state) || RESUMABLE.has(run.state);
  const last = run.checkpoints.at(-1)?.epoch ?? 0;
  return isOpen ? Number(run.recipe.epochs) : Math.max(1, last);
}
